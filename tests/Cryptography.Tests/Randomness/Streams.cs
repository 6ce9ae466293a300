namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Sources of bits, good ones and bad ones, the same on every machine.</summary>
internal static class Streams
{
    /// <summary>SM3 over a seed and a counter.</summary>
    public static byte[] Good(int seed, int bytes) => new SeededBytes(seed).Take(bytes);

    /// <summary>Ones with a probability of <paramref name="share"/>/65536.</summary>
    public static byte[] Biased(int seed, int bytes, int share)
    {
        var raw = Good(seed, bytes * 16);
        var biased = new byte[bytes];
        for (var i = 0; i < bytes * 8; i++)
        {
            biased[i / 8] |= (byte)(BitConverter.ToUInt16(raw, 2 * i) < share ? 0x80 >> (i % 8) : 0);
        }

        return biased;
    }

    /// <summary>The low bytes of a linear congruential generator modulo 2^32.</summary>
    public static byte[] CongruentialLow(int bytes)
    {
        var state = 12345u;
        var low = new byte[bytes];
        for (var i = 0; i < bytes; i++)
        {
            state = (state * 1103515245) + 12345;
            low[i] = (byte)state;
        }

        return low;
    }

    /// <summary>Numbers counted up, four bytes each, most significant first.</summary>
    public static byte[] Counter(int bytes) => [.. Enumerable.Range(0, bytes / 4).SelectMany(i => BitConverter.GetBytes(i).Reverse())];

    public static byte[] Repeated(byte[] block, int bytes) => [.. Enumerable.Range(0, bytes).Select(i => block[i % block.Length])];

    /// <summary>A shift register of 89 stages (x^89 + x^38 + 1): long period, low linear complexity.</summary>
    public static byte[] ShiftRegister(int seed, int bytes)
    {
        var bits = new byte[bytes * 8];
        var start = Good(seed, 12);
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = (byte)(i < 89 ? (start[i / 8] >> (i % 8)) & 1 : bits[i - 89] ^ bits[i - 38]);
        }

        return [.. Enumerable.Range(0, bytes).Select(i => (byte)Enumerable.Range(0, 8).Aggregate(0, (a, j) => (2 * a) + bits[(8 * i) + j]))];
    }

    /// <summary>A bit stays as it was with a probability of 9/16.</summary>
    public static byte[] Sticky(int seed, int bytes)
    {
        var raw = Good(seed, bytes * 8);
        var (sticky, bit) = (new byte[bytes], 0);
        for (var i = 0; i < bytes * 8; i++)
        {
            bit ^= (raw[i] & 15) < 7 ? 1 : 0;
            sticky[i / 8] |= (byte)(bit == 1 ? 0x80 >> (i % 8) : 0);
        }

        return sticky;
    }

    public static int[] Bits(byte[] bytes, int count) => [.. Enumerable.Range(0, count).Select(i => (bytes[i / 8] >> (7 - (i % 8))) & 1)];
}
