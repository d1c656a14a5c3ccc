"""Files for programs: unrounded numbers under the names of the glossary."""
