using System.ComponentModel;
using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What makes a public key breakable, or another's, whatever its length.</summary>
public enum PublicKeyFlaw
{
    /// <summary>The private key is 1 to 1000 or minus that: found by counting.</summary>
    [Description("SM2 公钥是基点的小倍数（私钥一数便得）")]
    SmallMultiple,

    /// <summary>1, or even: no encryption, or no key at all.</summary>
    [Description("RSA 公钥指数为 1 或偶数")]
    SenselessExponent,

    /// <summary>Moduli of a library whose primes come from a small family (ROCA, CVE-2017-15361).</summary>
    [Description("RSA 模数有 ROCA 特征")]
    Roca,

    /// <summary>The primes are so near each other, or a simple multiple of each other, that Fermat's method finds them at once.</summary>
    [Description("RSA 模数的两个素因子相距太近（费马法一试便得）")]
    CloseFactors,

    /// <summary>A prime below 65536 divides the modulus.</summary>
    [Description("RSA 模数有小素因子")]
    SmallFactor,

    /// <summary>Another modulus has a prime in common: both are factored by one division.</summary>
    [Description("RSA 模数与另一张证书有公共素因子")]
    SharedPrime,

    /// <summary>A certificate of another subject has the same key.</summary>
    [Description("与另一主体的证书是同一把密钥")]
    SharedKey,
}

/// <summary>Looks for flaws of public keys, each by itself and among those handed in together.</summary>
public static class PublicKeyFlaws
{
    /// <summary>Moduli compared with each other; a pair costs some ten microseconds.</summary>
    public const int MostCompared = 400;

    private const int SmallMultiples = 1000;

    /// <summary>Primes modulo which the powers of 65537 are few.</summary>
    private static readonly int[] RocaPrimes =
        [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167];

    private static readonly Lazy<HashSet<string>> Multiples = new(FirstMultiples);

    private static readonly Lazy<IReadOnlyList<(int Prime, HashSet<int> Powers)>> RocaGroups = new(() => [.. RocaPrimes.Select(p => (p, PowersOf65537(p)))]);

    /// <summary>Flaws that the key has by itself; none for a key that could not be read.</summary>
    public static IReadOnlyList<PublicKeyFlaw> Of(SubjectKey key)
    {
        if (key.Problem is not null)
        {
            return [];
        }

        if (key.Algorithm == "SM2")
        {
            return key.Value.Length > Sm2.FieldSizeInBytes && Multiples.Value.Contains(Convert.ToHexString(key.Value.Span.Slice(1, Sm2.FieldSizeInBytes))) ? [PublicKeyFlaw.SmallMultiple] : [];
        }

        return key.Exponent is not { } exponent ? [] : [.. OfRsa(exponent, key.Modulus)];
    }

    private static IEnumerable<PublicKeyFlaw> OfRsa(BigInteger exponent, BigInteger modulus)
    {
        if (exponent.IsOne || exponent.IsEven)
        {
            yield return PublicKeyFlaw.SenselessExponent;
        }

        if (IsRoca(modulus))
        {
            yield return PublicKeyFlaw.Roca;
        }

        if (RsaFactors.AreClose(modulus))
        {
            yield return PublicKeyFlaw.CloseFactors;
        }

        if (RsaFactors.HasSmallFactor(modulus))
        {
            yield return PublicKeyFlaw.SmallFactor;
        }
    }

    /// <summary>Positions of keys whose modulus shares a prime with that of another; null where there are too many to compare.</summary>
    public static IReadOnlySet<int>? SharingPrimes(IReadOnlyList<SubjectKey> keys, CancellationToken cancellationToken)
    {
        var moduli = keys.Select((k, i) => (k.Modulus, At: i)).Where(m => m.Modulus.Sign > 0).GroupBy(m => m.Modulus).Select(g => (g.Key, At: g.Select(m => m.At).ToList())).ToList();
        if (moduli.Count > MostCompared)
        {
            return null;
        }

        var found = new HashSet<int>();
        for (var i = 0; i < moduli.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (other, at) in moduli.Take(i).Where(m => !BigInteger.GreatestCommonDivisor(m.Key, moduli[i].Key).IsOne))
            {
                found.UnionWith(at);
                found.UnionWith(moduli[i].At);
            }
        }

        return found;
    }

    private static bool IsRoca(BigInteger modulus) => RocaGroups.Value.All(g => g.Powers.Contains((int)(modulus % g.Prime)));

    private static HashSet<int> PowersOf65537(int prime)
    {
        var (powers, power) = (new HashSet<int>(), 1);
        while (powers.Add(power))
        {
            power = power * (65537 % prime) % prime;
        }

        return powers;
    }

    /// <summary>First coordinates: a point and its negative have the same.</summary>
    private static HashSet<string> FirstMultiples()
    {
        var points = new Sm2JacobianPoint[SmallMultiples];
        points[0] = Sm2JacobianPoint.Of(Sm2AffinePoint.Base);
        for (var i = 1; i < points.Length; i++)
        {
            points[i] = points[i - 1];
            points[i].Add(Sm2AffinePoint.Base);
        }

        var affine = new Sm2AffinePoint[points.Length];
        Sm2AffinePoint.Normalize(points, affine);
        return [.. affine.Select(p => Convert.ToHexString(p.Encode().AsSpan(1, Sm2.FieldSizeInBytes)))];
    }
}
