"""Vietnamese letters as old fonts keep them: TCVN 5712:1993 (VN3) by byte, VNI by letter and mark."""

_TCVN3_BYTES = {
    "àảãáạ": "B5B6B7B8B9",
    "ăằẳẵắặ": "A8BBBCBDBEC6",
    "âầẩẫấậ": "A9C7C8C9CACB",
    "đèẻẽéẹ": "AECCCECFD0D1",
    "êềểễếệ": "AAD2D3D4D5D6",
    "ìỉĩíị": "D7D8DCDDDE",
    "òỏõóọ": "DFE1E2E3E4",
    "ôồổỗốộ": "ABE5E6E7E8E9",
    "ơờởỡớợ": "ACEAEBECEDEE",
    "ùủũúụ": "EFF1F2F3F4",
    "ưừửữứự": "ADF5F6F7F8F9",
    "ỳỷỹýỵ": "FAFBFCFDFE",
    "ĂÂÊÔƠƯĐ": "A1A2A3A4A5A6A7",
}
TCVN3 = {
    letter: bytes([code]).decode("latin-1")
    for letters, codes in _TCVN3_BYTES.items()
    for letter, code in zip(letters, bytes.fromhex(codes), strict=True)
}
TCVN3 |= {letter.upper(): sign for letter, sign in TCVN3.items() if letter.upper() not in TCVN3}
"""Letter → the sign of Western Europe that its byte shows; capitals with a tone are kept as small ones."""

_VNI_MARKED = {
    ("a", "àáảãạ"): "øùûõï",
    ("a", "ăằắẳẵặ"): "êèéúüë",
    ("a", "âầấẩẫậ"): "âàáåãä",
    ("e", "èéẻẽẹ"): "øùûõï",
    ("e", "êềếểễệ"): "âàáåãä",
    ("o", "òóỏõọ"): "øùûõï",
    ("o", "ôồốổỗộ"): "âàáåãä",
    ("ô", "ờớởỡợ"): "øùûõï",
    ("u", "ùúủũụ"): "øùûõï",
    ("ö", "ừứửữự"): "øùûõï",
    ("y", "ỳýỷỹ"): "øùûõ",
}
_small = {
    letter: base + mark
    for (base, letters), marks in _VNI_MARKED.items()
    for letter, mark in zip(letters, marks, strict=True)
} | dict(zip("đơưìíỉĩịỵ", "ñôöìíæóòî", strict=True))
VNI = _small | {letter.upper(): written.upper() for letter, written in _small.items()}
"""Letter → the letter and mark that the fonts keep it as."""

MIXED_UP = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)}
"""Byte of UTF-8 → the sign that a Western European program shows for it."""
