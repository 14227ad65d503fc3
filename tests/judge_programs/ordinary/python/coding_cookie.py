# -*- coding: utf-8 -*-
print('ক', int(input()))
