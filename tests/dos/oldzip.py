# oldzip.py FILE NAME=PATH...: an archive as PKZIP 1 made them, by Shrink and Implode in
# turns, with all combinations of their options.  For tests alone: it packs badly.
import binascii, struct, sys


class Bits:
    def __init__(self):
        self.out, self.n = bytearray(), 0

    def put(self, value, n):
        for i in range(n):
            if self.n % 8 == 0:
                self.out.append(0)
            self.out[-1] |= (value >> i & 1) << self.n % 8
            self.n += 1


def shannon_fano(lengths):
    """Codes of values, as they are written: first bit lowest (APPNOTE.TXT, 5.3.8)."""
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i], i))
    code, step, last, codes = 0, 0, 0, {}
    for i in reversed(order):
        code += step
        if lengths[i] != last:
            last, step = lengths[i], 1 << 16 - lengths[i]
        codes[i] = (int(f"{code:016b}"[::-1], 2), lengths[i])
    return codes


def put_tree(bits, lengths):
    runs = []
    for n in lengths:
        if runs and runs[-1][0] == n and runs[-1][1] < 16:
            runs[-1][1] += 1
        else:
            runs.append([n, 1])
    bits.put(len(runs) - 1, 8)
    for n, times in runs:
        bits.put(n - 1, 4)
        bits.put(times - 1, 4)


def implode(data, flags):
    bits, low = Bits(), 7 if flags & 2 else 6
    least = 3 if flags & 4 else 2
    # Codes of several lengths, of which none is left over.
    literal, small = [7] * 64 + [8] * 64 + [9] * 128, [7, 5, 7, 6] * 16
    if flags & 4:
        put_tree(bits, literal)
    put_tree(bits, small)
    put_tree(bits, small)
    literal, small = shannon_fano(literal), shannon_fano(small)
    at, seen = 0, {}
    while at < len(data):
        key = bytes(data[at:at + 4])
        back = at - seen.get(key, -1) if key in seen else 0
        seen[key] = at
        if 0 < back <= 64 << low and len(key) == 4:
            n = 4
            while at + n < len(data) and n < least + 63 + 255 and data[at + n] == data[at + n - back]:
                n += 1
            bits.put(0, 1)
            bits.put(back - 1 & (1 << low) - 1, low)
            bits.put(*small[back - 1 >> low])
            bits.put(*small[min(n - least, 63)])
            if n - least >= 63:
                bits.put(n - least - 63, 8)
            at += n
            continue
        bits.put(1, 1)
        bits.put(*(literal[data[at]] if flags & 4 else (data[at], 8)))
        at += 1
    return bytes(bits.out)


def shrink(data):
    bits, width = Bits(), 9
    code_of = {bytes([i]): i for i in range(256)}
    string_of, parent, last_free = {}, {}, 256      # as the unpacker has them

    def put(code):
        nonlocal width
        while code >= 1 << width:
            bits.put(256, width)
            bits.put(1, width)
            width += 1
        bits.put(code, width)

    at = 0
    while at < len(data):
        n = 1
        while at + n < len(data) and bytes(data[at:at + n + 1]) in code_of:
            n += 1
        string = bytes(data[at:at + n])
        old = code_of[string]
        put(old)
        at += n
        if at == len(data):
            break
        if last_free >= 8190:           # full: the leaves are cut off
            bits.put(256, width)
            bits.put(2, width)
            for code in set(parent) - set(parent.values()):
                del parent[code]
                code_of.pop(string_of.pop(code, None), None)
            last_free = 256
        # The unpacker adds this when it reads the next code.  If its parent has just been
        # cut off, it is none of which use can be made.
        last_free += 1
        while last_free in parent:
            last_free += 1
        longer = string + data[at:at + 1]
        if old < 256 or old in parent:
            code_of[longer] = last_free
            string_of[last_free] = longer
        parent[last_free] = old
    return bytes(bits.out)


with open(sys.argv[1], "wb") as f:
    directory = b""
    for i, arg in enumerate(sys.argv[2:]):
        name, _, path = arg.partition("=")
        data = open(path, "rb").read()
        flags = [None, 0, 2, 4, 6][i % 5]
        method = 1 if flags is None else 6
        packed = shrink(data) if flags is None else implode(data, flags)
        common = struct.pack("<HHHHHIIIHH", 10, flags or 0, method, 0x6000, 0x1a21,
                             binascii.crc32(data), len(packed), len(data), len(name), 0)
        directory += (b"PK\1\2" + struct.pack("<H", 10) + common +
                      struct.pack("<HHHII", 0, 0, 0, 0, f.tell()) + name.encode())
        f.write(b"PK\3\4" + common + name.encode() + packed)
    begin = f.tell()
    f.write(directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, i + 1, i + 1, len(directory), begin, 0))
