"""Passwords that are too easily guessed to be chosen, and secrets that people read off a screen."""

import secrets
import string

LETTERS = "".join(letter for letter in string.ascii_lowercase + string.digits if letter not in "il10o")
"""What is not taken for another letter; of each 4.9 bits."""

SHORTEST = 12
"""Letters of a password that somebody chooses."""

FEWEST = 5
"""Different letters of it."""

_TRIED_FIRST = """
    123456789012 1234567890123 12345678901234 123456789123 987654321012 012345678901 0123456789012 1234567890qwerty
    qwerty123456 qwerty12345678 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopasdfghjkl
    1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv zaq12wsxcde3 q1w2e3r4t5y6
    zxcvbnm12345 zxcvbnm123456 asdfghjkl123 asdfghjkl1234 123qweasdzxc qweasdzxc123 qwe123asd456 abcdefghijkl
    abcdefghijklm abcdef123456 abcd12345678 abc123456789 password1234 password12345 password123456 passwordpassword
    mypassword123 p@ssw0rd1234 adminadmin12 administrator administrator1 welcome12345 welcome123456 letmein12345
    letmeinletmein iloveyou1234 iloveyou12345 iloveyou123456 changeme1234 changeme12345 superman1234 football1234
    princess1234 sunshine1234 monkey123456 dragon123456 master123456 shadow123456 michael12345 jennifer1234
    trustno1trustno1 unbelievable contraseña123 contrasena123 contrasena1234 teamoteamo12 motdepasse123 passwort1234
"""

COMMON = frozenset(_TRIED_FIRST.split())
"""Of the passwords that are tried first, those that are long enough."""


def too_easy(password: str) -> bool:
    """Whether it is too short, has few letters, or is among the first that anybody tries."""
    return len(password) < SHORTEST or len(set(password)) < FEWEST or password.casefold() in COMMON


def drawn(groups: int, size: int) -> str:
    """A random secret to be read off a screen: groups of letters, with dashes between."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(size)) for _ in range(groups))
