using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Whether salts can be told without being seen: from the account, from the row before, from a text that is the same in all.</summary>
internal sealed class SaltTally
{
    /// <summary>Fewer say nothing of how mixed they are.</summary>
    private const int FewestSalts = 8;

    private const int Positions = 64;
    private const int Kinds = 128;

    /// <summary>Random digits of any alphabet have more than this share of what the same number of letters of sixteen kinds can say, even in ten rows.</summary>
    private const double MixedShare = 0.45;

    private const int ShortestTold = 3;

    /// <summary>Of the salts; by chance one in three hundred holds a number of three digits.</summary>
    private const double ToldShare = 0.1;

    /// <summary>Rows whose cells are hashed to see whether the salt is a digest of one.</summary>
    private const int RowsHashed = 100_000;

    private readonly bool[,] _seen = new bool[Positions, Kinds];
    private long _salts;
    private long _told;
    private long _letters;

    /// <param name="salt">As it is written.</param>
    /// <param name="others">The other cells of the row.</param>
    public void Add(string salt, IReadOnlyList<string> others)
    {
        _salts++;
        _letters += Math.Min(salt.Length, Positions);
        for (var i = 0; i < salt.Length && i < Positions; i++)
        {
            _seen[i, salt[i] % Kinds] = true;
        }

        _told += others.Any(o => IsWritten(salt, o.Trim())) || (_salts <= RowsHashed && IsDigest(salt, others)) ? 1 : 0;
    }

    /// <summary>False where there were too many to look at all in every way: that nothing was seen then says nothing.</summary>
    public bool IsSeenThrough => _salts <= RowsHashed;

    /// <summary>False with too few to say.</summary>
    public bool IsPredictable => _salts >= FewestSalts && (_told >= ToldShare * _salts || Bits < MixedShare * Capacity);

    private double Capacity => 4.0 * _letters / _salts;

    /// <summary>At most: as if each place were independent of the others.</summary>
    private double Bits
    {
        get
        {
            var bits = 0.0;
            for (var i = 0; i < Positions; i++)
            {
                var kinds = 0;
                for (var c = 0; c < Kinds; c++)
                {
                    kinds += _seen[i, c] ? 1 : 0;
                }

                bits += kinds > 1 ? Math.Log2(kinds) : 0;
            }

            return bits;
        }
    }

    private static bool IsWritten(string salt, string other) => other.Length >= ShortestTold
        && (salt.Contains(other, StringComparison.OrdinalIgnoreCase) || (salt.Length >= ShortestTold && other.Contains(salt, StringComparison.OrdinalIgnoreCase)));

    private static bool IsDigest(string salt, IReadOnlyList<string> others) => BinaryText.Decode(salt)?.Bytes is { Length: >= 8 } bytes
        && others.Select(o => o.Trim()).Where(o => o.Length >= ShortestTold).Select(Encoding.UTF8.GetBytes).Any(o => NamedDigest.All.Any(d => d.Size >= bytes.Length && d.Hash(o).AsSpan().StartsWith(bytes)));
}
