using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Equal values, repeated 16-byte blocks and common beginnings over the rows of a column; holds blocks, no rows.</summary>
internal sealed class BlockTally
{
    public const int LongestPrefix = 32;
    private const int Block = 16;

    /// <summary>Blocks remembered at most, about 100 MB; later ones are compared and not remembered.</summary>
    private const int Remembered = 1_500_000;

    /// <summary>Blocks looked at in one value.</summary>
    private const int OfOneValue = 4096;

    private readonly Dictionary<UInt128, UInt128> _blocks = [];
    private readonly Dictionary<UInt128, bool> _values = [];
    private readonly HashSet<UInt128> _own = [];
    private byte[]? _prefix;

    /// <summary>Rows that share their value with another row.</summary>
    public long EqualRows { get; private set; }

    public long EcbRows { get; private set; }

    /// <summary>Rows of at least two whole blocks.</summary>
    public long MultiBlockRows { get; private set; }

    public long DistinctValues => _values.Count;

    public int PrefixBytes => _prefix?.Length ?? 0;

    /// <summary>Some blocks could not be remembered, so that repetitions may have been missed.</summary>
    public bool IsFull => _blocks.Count >= Remembered || _values.Count >= Remembered;

    /// <returns>Whether the value is a new one.</returns>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        var whole = Key(SHA256.HashData(bytes));
        if (_values.TryGetValue(whole, out var counted))
        {
            EqualRows += counted ? 1 : 2;
            _values[whole] = true;
            return false;
        }

        if (_values.Count < Remembered)
        {
            _values[whole] = false;
        }

        Prefix(bytes);
        if (bytes.Length % Block == 0 && bytes.Length >= 2 * Block)
        {
            MultiBlockRows++;
            EcbRows += Repeats(bytes) ? 1 : 0;
        }

        return true;
    }

    /// <summary>A block twice in the value, or one of a row that begins differently: CBC repeats what follows equal beginnings alone.</summary>
    private bool Repeats(ReadOnlySpan<byte> bytes)
    {
        _own.Clear();
        var first = Key(bytes);
        var repeats = false;
        for (int at = 0, n = 0; at < bytes.Length && n < OfOneValue; at += Block, n++)
        {
            var block = Key(bytes[at..]);
            repeats |= !_own.Add(block);
            if (_blocks.TryGetValue(block, out var beginning))
            {
                repeats |= at > 0 && beginning != first;
            }
            else if (_blocks.Count < Remembered)
            {
                _blocks[block] = first;
            }
        }

        return repeats;
    }

    private void Prefix(ReadOnlySpan<byte> bytes)
    {
        _prefix = _prefix is null
            ? bytes[..Math.Min(LongestPrefix, bytes.Length)].ToArray()
            : _prefix[..bytes.CommonPrefixLength(_prefix)];
    }

    private static UInt128 Key(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128LittleEndian(bytes);
}
