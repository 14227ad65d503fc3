raise ValueError("<b>&amp; \x1b[31m `code` \u202e %s {0} \\")
