"""PCI's sub-indices as headings name them."""

from __future__ import annotations

PCI_PARTS = {
    "entry_costs": ("Gia nhập thị trường", "Entry Costs"),
    "land_access": ("Tiếp cận đất đai", "Land Access and Security of Tenure"),
    "transparency": ("Tính minh bạch", "Transparency and Access to Information"),
    "time_costs": ("Chi phí thời gian", "Time Costs and Regulatory Compliance"),
    "informal_charges": ("Chi phí không chính thức", "Informal Charges"),
    "soe_bias": ("Ưu đãi đối với DNNN", "SOE Bias"),
    "equal_competition": ("Cạnh tranh bình đẳng", "Policy Bias"),
    "proactivity": ("Tính năng động", "Proactivity of Provincial Leadership"),
    "business_support": ("Dịch vụ hỗ trợ doanh nghiệp", "Business Support Services"),
    "labor_training": ("Đào tạo lao động", "Labor and Training"),
    "legal_institutions": ("Thiết chế pháp lý", "Legal Institutions"),
}
NOT_SINCE_2009 = ("soe_bias", "equal_competition")


def pci_parts(*without: str) -> list[str]:
    """Codes of PCI's sub-indices in their printed order."""
    return [code for code in PCI_PARTS if code not in without]
