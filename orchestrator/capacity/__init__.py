"""The capacity arithmetic of a region: what there is, what was promised, what is taken, what does not fit.

Pure: specs and an inventory snapshot in, frozen figures and findings out.
"""
