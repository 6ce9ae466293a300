using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Bits in order, packed. The first bit is the most significant one of the first byte.</summary>
public sealed class BitSequence
{
    internal const int WordBits = 64;

    /// <summary>Zero words behind the last bit, so that a pair of words can be read at every position.</summary>
    private const int Slack = 2;

    private readonly ulong[] _words;

    private BitSequence(ulong[] words, int length)
    {
        _words = words;
        Length = length;
    }

    /// <summary>Number of bits.</summary>
    public int Length { get; }

    /// <summary>First bit in the top of word 0; zero behind the last bit, two words of zeros at the end.</summary>
    internal ReadOnlySpan<ulong> Words => _words;

    /// <param name="bytes">At least <paramref name="length"/> bits.</param>
    /// <param name="length">Number of bits, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">More bits than there are, or none.</exception>
    public static BitSequence FromBytes(ReadOnlySpan<byte> bytes, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, bytes.Length * 8L);
        var used = (length + WordBits - 1) / WordBits;
        var words = new ulong[used + Slack];
        bytes[..((length + 7) / 8)].CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        if (length % WordBits != 0)
        {
            words[used - 1] &= TopMask(length % WordBits);
        }

        return new BitSequence(words, length);
    }

    /// <param name="digits">'0' and '1'.</param>
    /// <exception cref="FormatException">Something else.</exception>
    public static BitSequence Parse(string digits)
    {
        ArgumentException.ThrowIfNullOrEmpty(digits);
        var bytes = new byte[(digits.Length + 7) / 8];
        for (var i = 0; i < digits.Length; i++)
        {
            bytes[i / 8] |= (byte)(digits[i] switch { '0' => 0, '1' => 0x80 >> (i % 8), _ => throw new FormatException($"'{digits[i]}' is no bit") });
        }

        return FromBytes(bytes, digits.Length);
    }

    /// <summary>A mask with the first <paramref name="count"/> bits set; 0–64.</summary>
    internal static ulong TopMask(int count) => count <= 0 ? 0 : ulong.MaxValue << (WordBits - count);

    /// <summary>64 bits from a position on; zeros behind the end.</summary>
    internal ulong WordAt(int position)
    {
        var at = position / WordBits;
        var offset = position % WordBits;
        return offset == 0 ? _words[at] : (_words[at] << offset) | (_words[at + 1] >> (WordBits - offset));
    }

    internal int Bit(int position) => (int)(_words[position / WordBits] >> (WordBits - 1 - (position % WordBits))) & 1;

    /// <summary>Ones among <paramref name="count"/> bits from <paramref name="start"/> on.</summary>
    internal int CountOnes(int start, int count)
    {
        var ones = 0;
        for (var done = 0; done < count; done += WordBits)
        {
            ones += BitOperations.PopCount(WordAt(start + done) & TopMask(Math.Min(WordBits, count - done)));
        }

        return ones;
    }

    /// <summary>Copies bits to the tops of words, zeros behind them.</summary>
    internal void CopyTo(int start, int count, Span<ulong> words)
    {
        for (var done = 0; done < count; done += WordBits)
        {
            words[done / WordBits] = WordAt(start + done) & TopMask(Math.Min(WordBits, count - done));
        }
    }
}
