"""What people print of the catalogue: a poster of one offer, a booklet of a list,
the folder for the welcome visit. All files are for everyone (PDF/UA-1).
"""
