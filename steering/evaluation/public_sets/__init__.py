"""Public sets of spoken and typed requests, each read as its authors publish it; none of them ships here.

``registry`` lists them and loads them; a module a family says where its form was found and what could not be
confirmed. All text and audio stays with its owners: mind the licence that the registry names.
"""
