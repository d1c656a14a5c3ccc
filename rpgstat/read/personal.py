"""Headers of personal data in the languages of the catalogue."""

from __future__ import annotations

import re
import unicodedata

_ASKING = frozenset(
    """what is are please enter provide give your the recipient respondent participant user contact work home business location personal professional
    quel quelle quelles est sont votre vos ihr ihre bitte cual es su tu qual e seu sua wat uw je twoj twoje podaj prosze jaki jakie jest beth yw eich""".split()
)


def listed(names: str) -> frozenset[str]:
    """The names between the commas, without accents."""
    return frozenset(map(plain, map(str.strip, names.split(","))))


def plain(text: str) -> str:
    """Without accents; ß is ss, ł is l."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


_PERSONAL = listed(
    """email, e mail, email address, e mail address, emailaddress, ip, ip address, ipaddress, name, full name, first name, last name, firstname, lastname,
    surname, forename, given name, family name, middle name, maiden name, preferred name, initials, username, user name, login, phone, phone number,
    telephone, telephone number, mobile, mobile number, mobile phone, cell phone, fax, address, address 2, street address, street, postcode, post code,
    postal code, zip, zip code, zipcode, zip/postal code, latitude, longitude, location latitude, location longitude, location accuracy, gps, coordinates,
    geolocation, user agent, useragent, browser, browser meta info, device id, referrer url, referrer, network id, date of birth, dob, birth date,
    birthday, birthdate, nhs number, nino, national insurance number, ni number, social security number, ssn, passport number, signature,
    external reference, externalreference, external data reference, externaldatareference, recipient first name, recipient last name, recipient email,
    submitted by, created by, linkedin, twitter, facebook, x y coordinates,
    adresse ip, adresse e mail, adresse mail, adresse electronique, courriel, mail, nom, prenom, nom de famille, nom complet, nom et prenom, nom prenom,
    telephone portable, numero de telephone, portable, adresse, adresse postale, code postal, date de naissance, nom d'utilisateur,
    ip adresse, e mail adresse, mailadresse, name vorname, vorname, nachname, vor und nachname, familienname, vollstandiger name, telefon, telefonnummer,
    handynummer, mobilnummer, anschrift, postleitzahl, plz, geburtsdatum, benutzername, strasse, breitengrad, langengrad, unterschrift,
    direccion ip, correo, correo electronico, direccion de correo electronico, direccion de correo, nombre, nombres, nombre completo, nombre y apellidos,
    nombre y apellido, apellido, apellidos, telefono, numero de telefono, movil, celular, direccion, codigo postal, fecha de nacimiento, latitud, longitud,
    endereco ip, endereco de e mail, endereco de email, endereco de correio eletronico, correio eletronico, nome, nome completo, primeiro nome, sobrenome,
    apelido, telefone, numero de telefone, telemovel, endereco, morada, codigo postal, cep, data de nascimento, latitude,
    ip adres, e mailadres, emailadres, mailadres, naam, voornaam, achternaam, volledige naam, voor en achternaam, telefoon, telefoonnummer, mobiel nummer,
    mobiele telefoon, adres, postcode, geboortedatum, gebruikersnaam, breedtegraad, lengtegraad,
    adres ip, adres e mail, adres email, adres poczty elektronicznej, imie, nazwisko, imie i nazwisko, nazwisko i imie, numer telefonu, nr telefonu, komorka,
    kod pocztowy, data urodzenia, nazwa uzytkownika, pesel, szerokosc geograficzna, dlugosc geograficzna,
    cyfeiriad ip, cyfeiriad e bost, e bost, ebost, cyfeiriad ebost, enw, enw llawn, enw cyntaf, cyfenw, ffon, rhif ffon, cyfeiriad, cod post, dyddiad geni,
    indirizzo ip, indirizzo e mail, cognome, nome e cognome, numero di telefono, indirizzo, data di nascita"""
)


def is_personal(words: str) -> bool:
    """Whether a header, small and with spaces for hyphens and underscores, asks for personal data.

    >>> [is_personal(words) for words in ("ip adres", "adresse ip", "what is your e mail address", "prénom", "my manager knows my name")]
    [True, True, True, True, False]
    """
    asked = plain(re.sub(r"[¿?¡!]", " ", words)).split()
    while asked and " ".join(asked) not in _PERSONAL:
        if asked.pop(0) not in _ASKING:
            return False
    return bool(asked)
