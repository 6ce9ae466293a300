using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Counts over the rows of a password column. Holds digests of values, never values.</summary>
internal sealed class PasswordTally
{
    private const int FirstRows = 5;

    private readonly Dictionary<PasswordShape, (long Rows, List<long> First)> _shapes = [];
    private readonly Dictionary<UInt128, int> _values = [];
    private readonly Dictionary<UInt128, int> _salts = [];

    public long Rows { get; private set; }

    public long EmptyRows { get; private set; }

    public long EmptySalts { get; private set; }

    /// <summary>Hashes of the list of common passwords, or such passwords in clear.</summary>
    public long CommonRows { get; private set; }

    /// <summary>Rows in which a common password would have been seen.</summary>
    public long ComparableRows { get; private set; }

    public long RowsWithInnerSalt { get; private set; }

    public int? SaltBytesLeast { get; private set; }

    public long? IterationsLeast { get; private set; }

    public void Add(long row, string? value, string? salt, bool hasSaltColumn)
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
        Count(_values, value.Trim());
        Common(value, reading);
        Salt(reading, salt, hasSaltColumn);
    }

    public IReadOnlyList<PasswordShapeCount> Shapes =>
        [.. _shapes.Select(s => new PasswordShapeCount { Shape = s.Key, Rows = s.Value.Rows, FirstRows = s.Value.First }).OrderByDescending(s => s.Rows).ThenBy(s => s.Shape)];

    public long Of(Func<PasswordShape, bool> which) => _shapes.Where(s => which(s.Key)).Sum(s => s.Value.Rows);

    public long EqualRows => _values.Values.Where(n => n > 1).Sum(n => (long)n);

    public long LargestEqualGroup => _values.Values.DefaultIfEmpty(0).Max();

    public bool SaltsRepeat => _salts.Values.Any(n => n > 1);

    private void Common(string value, PasswordReading reading)
    {
        var bare = PasswordShapes.IsBareDigest(reading.Shape) && reading.Digest is not null;
        if (bare || reading.Shape is PasswordShape.PlainText)
        {
            ComparableRows++;
            CommonRows += (bare ? CommonPasswords.Hold(reading.Digest!) : CommonPasswords.Hold(value.Trim())) ? 1 : 0;
        }
    }

    private void Salt(PasswordReading reading, string? salt, bool hasSaltColumn)
    {
        if (reading.SaltBytes is { } inner)
        {
            RowsWithInnerSalt++;
            SaltBytesLeast = Math.Min(SaltBytesLeast ?? inner, inner);
        }
        else if (hasSaltColumn && string.IsNullOrWhiteSpace(salt))
        {
            EmptySalts++;
        }
        else if (hasSaltColumn)
        {
            Count(_salts, salt!.Trim());
            var length = PasswordShapes.SaltBytes(salt.Trim());
            SaltBytesLeast = Math.Min(SaltBytesLeast ?? length, length);
        }

        if (reading.Iterations is { } count)
        {
            IterationsLeast = Math.Min(IterationsLeast ?? count, count);
        }
    }

    private static void Count(Dictionary<UInt128, int> seen, string text)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(seen, BinaryPrimitives.ReadUInt128LittleEndian(digest), out _)++;
    }
}
