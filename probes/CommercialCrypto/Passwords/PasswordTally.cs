using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Counts over the rows of a password column. Holds digests of values, never values.</summary>
internal sealed class PasswordTally
{
    private const int FirstRows = 5;

    private readonly Dictionary<PasswordShape, (long Rows, List<long> First)> _shapes = [];
    private readonly Dictionary<(PasswordShape Shape, int Bytes), long> _forms = [];
    private readonly Dictionary<UInt128, (int Count, ulong Salt)> _values = [];
    private readonly Dictionary<UInt128, int> _salts = [];
    private readonly SimpleMasks _masks = new();
    private readonly SaltTally _saltTally = new();
    private readonly long[] _nibbles = new long[16];
    private readonly long[] _sextets = new long[64];
    private long _rowsWithIterations;
    private long _rowsWithSaltBytes;
    private int? _saltBytesLeast;
    private long? _iterationsLeast;

    public long Rows { get; private set; }

    public long EmptyRows { get; private set; }

    public long EmptySalts { get; private set; }

    /// <summary>Hashes of the list of common passwords, or such passwords in clear.</summary>
    public long CommonRows { get; private set; }

    /// <summary>Rows in which a common password would have been seen.</summary>
    public long ComparableRows { get; private set; }

    public long RowsWithInnerSalt { get; private set; }

    /// <summary>Rows that share their digest with a row of another salt: whatever the salt is for, it does not go into them.</summary>
    public long EqualBesideOtherSalts { get; private set; }

    /// <summary>Null where some row shows none.</summary>
    public int? SaltBytesLeast => _rowsWithSaltBytes == Rows ? _saltBytesLeast : null;

    /// <summary>Null where some row shows none.</summary>
    public long? IterationsLeast => _rowsWithIterations == Rows ? _iterationsLeast : null;

    public int DistinctSalts => _salts.Count;

    public void Add(long row, string? value, string? salt, bool hasSaltColumn, IReadOnlyList<string> others)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            EmptyRows++;
            return;
        }

        Rows++;
        var reading = PasswordShapes.Read(value);
        if (!_shapes.TryGetValue(reading.Shape, out var known))
        {
            known = (0, []);
        }

        if (known.First.Count < FirstRows)
        {
            known.First.Add(row);
        }

        _shapes[reading.Shape] = (known.Rows + 1, known.First);
        _forms[reading.Form] = _forms.GetValueOrDefault(reading.Form) + 1;
        if (Equal(reading, value.Trim(), salt?.Trim() ?? ""))
        {
            Mix(value, reading);
        }

        Common(value, reading);
        Salt(reading, salt, hasSaltColumn, others);
    }

    public IReadOnlyList<PasswordShapeCount> Shapes =>
        [.. _shapes.Select(s => new PasswordShapeCount { Shape = s.Key, Rows = s.Value.Rows, FirstRows = s.Value.First }).OrderByDescending(s => s.Rows).ThenBy(s => s.Shape)];

    public long Of(Func<PasswordShape, bool> which) => _shapes.Where(s => which(s.Key)).Sum(s => s.Value.Rows);

    /// <summary>Rows of one form.</summary>
    public long OfForm((PasswordShape Shape, int Bytes) form) => _forms.GetValueOrDefault(form);

    public long EqualRows => _values.Values.Where(n => n.Count > 1).Sum(n => (long)n.Count);

    public long LargestEqualGroup => _values.Values.Select(v => v.Count).DefaultIfEmpty(0).Max();

    /// <summary>Names, numbers that count up, texts that are the same but for a few letters.</summary>
    public bool SaltsPredictable => _saltTally.IsPredictable;

    /// <summary>Every salt was looked at in every way.</summary>
    public bool SaltsSeenThrough => _saltTally.IsSeenThrough;

    public bool SaltsRepeat => _salts.Values.Any(n => n > 1);

    /// <summary>Digests and bodies as mixed as random ones are, and none of them text under a simple mask. Equal values count once.</summary>
    public bool LooksMixed => IsEven(_nibbles) && IsEven(_sextets) && _masks is { ExplainsAll: false, Readable: 0 };

    private void Mix(string value, PasswordReading reading)
    {
        foreach (var digit in reading.Body ?? [])
        {
            _sextets[digit]++;
        }

        if (reading is { Digest: { } digest })
        {
            _masks.Add(PasswordShapes.IsBareDigest(reading.Shape) ? value : null, digest);
            foreach (var b in digest)
            {
                _nibbles[b >> 4]++;
                _nibbles[b & 15]++;
            }
        }
    }

    /// <summary>Chi-square within six deviations of what even frequencies have; true with too few to say anything.</summary>
    private static bool IsEven(long[] counts)
    {
        const double deviations = 6, fewestEach = 5;
        var (expected, freedom) = ((double)counts.Sum() / counts.Length, counts.Length - 1);
        return expected < fewestEach || counts.Sum(c => (c - expected) * (c - expected) / expected) <= freedom + (deviations * Math.Sqrt(2 * freedom));
    }

    private void Common(string value, PasswordReading reading)
    {
        var bare = PasswordShapes.IsBareDigest(reading.Shape) && reading.Digest is not null;
        if (bare || reading.Shape is PasswordShape.PlainText)
        {
            ComparableRows++;
            CommonRows += (bare ? CommonPasswords.Hold(reading.Digest!) : CommonPasswords.Hold(value.Trim())) ? 1 : 0;
        }
    }

    private void Salt(PasswordReading reading, string? salt, bool hasSaltColumn, IReadOnlyList<string> others)
    {
        if (reading.SaltBytes is { } inner)
        {
            RowsWithInnerSalt++;
            Length(inner);
        }
        else if (reading.Salt is null && hasSaltColumn && string.IsNullOrWhiteSpace(salt))
        {
            EmptySalts++;
        }

        if ((reading.Salt ?? (hasSaltColumn && !string.IsNullOrWhiteSpace(salt) ? salt.Trim() : null)) is { } text)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_salts, Key(text), out _)++;
            _saltTally.Add(text, others);
            if (reading.SaltBytes is null)
            {
                Length(PasswordShapes.SaltBytes(text));
            }
        }

        if (reading.Iterations is { } count)
        {
            _rowsWithIterations++;
            _iterationsLeast = Math.Min(_iterationsLeast ?? count, count);
        }
    }

    private void Length(int bytes)
    {
        _rowsWithSaltBytes++;
        _saltBytesLeast = Math.Min(_saltBytesLeast ?? bytes, bytes);
    }

    /// <returns>Whether the value is a new one.</returns>
    private bool Equal(PasswordReading reading, string value, string saltColumn)
    {
        // A salt before or behind must not hide that the digests are one.
        var digest = reading.Digest is { } bytes ? Convert.ToHexString(bytes) : value;
        var salt = (ulong)Key($"{reading.Salt}\n{saltColumn}");
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, Key(digest), out var known);
        EqualBesideOtherSalts += known && seen.Salt != salt ? 1 : 0;
        seen = (seen.Count + 1, known ? seen.Salt : salt);
        return !known;
    }

    private static UInt128 Key(string text)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
