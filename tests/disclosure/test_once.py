"""What the tests of this folder remember of programmes is of the very same one."""

import numpy as np
import scipy.optimize
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_array

from tests.disclosure.conftest import once


def test_programmes_that_differ_anywhere_are_solved_apart():
    run = []

    def counted(*given, **options):
        run.append(given)
        return scipy.optimize.milp.__wrapped__(*given, **options)

    solve, row = once(counted), csr_array(np.array([[1.0, 1.0]]))
    told = LinearConstraint(row, 3, 3)

    def largest(aim, known=told, most=np.inf):
        return solve(np.array(aim), constraints=[known], integrality=np.ones(2), bounds=Bounds(0, most)).x.tolist()

    assert largest([-1.0, 0.0]) == largest([-1.0, 0.0]) == [3.0, 0.0]
    assert len(run) == 1
    assert largest([0.0, -1.0]) == [0.0, 3.0]
    assert largest([-1.0, 0.0], most=2) == [2.0, 1.0]
    assert largest([-1.0, 0.0], LinearConstraint(row, 2, 2)) == [2.0, 0.0]
    assert largest([-1.0, 0.0], LinearConstraint(csr_array(np.array([[2.0, 1.0]])), 3, 3)) == [1.0, 1.0]
    assert len(run) == 5
