using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class PublicKeyFlawTests
{
    /// <summary>Private keys by BouncyCastle-free means: the public point of each is computed by our own signing key.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1000, true)]
    [InlineData(-1, true)]
    [InlineData(-1000, true)]
    [InlineData(1001, false)]
    [InlineData(123456789, false)]
    public void Small_multiples_of_the_base_point_are_known(int secret, bool isSmall)
    {
        var order = BigInteger.Parse("0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        if (secret == -1)
        {
            // n − 1 is no private key of SM2, but its public point is that of 1 mirrored.
            Assert.Equal([PublicKeyFlaw.SmallMultiple], PublicKeyFlaws.Of(Point(1, mirrored: true)));
            return;
        }

        var scalar = secret > 0 ? secret : order + secret;
        Assert.Equal(isSmall ? [PublicKeyFlaw.SmallMultiple] : [], PublicKeyFlaws.Of(Point(scalar, mirrored: false)));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(65537, false)]
    public void Senseless_exponents_are_known(int exponent, bool isFlawed) =>
        Assert.Equal(isFlawed ? [PublicKeyFlaw.SenselessExponent] : [], PublicKeyFlaws.Of(Rsa(Modulus(), exponent)));

    /// <summary>A modulus of the family: p = k·M + 65537^a mod M, for both factors.</summary>
    [Fact]
    public void A_modulus_of_the_flawed_library_is_known_and_ordinary_ones_are_not()
    {
        var m = new[] { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167 }
            .Aggregate(BigInteger.One, (a, b) => a * b);
        var (p, q) = ((987_654_321 * m) + BigInteger.ModPow(65537, 123_457, m), (192_837_465 * m) + BigInteger.ModPow(65537, 7_777, m));
        Assert.Contains(PublicKeyFlaw.Roca, PublicKeyFlaws.Of(Rsa(p * q, 65537)));
        Assert.All(Enumerable.Range(0, 8), _ => Assert.Empty(PublicKeyFlaws.Of(Rsa(Modulus(), 65537))));
    }

    /// <summary>The next number coprime to 30030 does for a prime: what is looked for is the distance.</summary>
    [Theory]
    [InlineData(1, 1, 1_000_000)]
    [InlineData(2, 3, 1_000_000)]
    [InlineData(1, 1, 0)]
    public void Factors_that_lie_close_are_found(int u, int v, int distance)
    {
        using var key = RSA.Create(2048);
        var p = Number(key.ExportParameters(true).P!);
        var q = (p * v / u) + distance;
        while (!BigInteger.GreatestCommonDivisor(q, 30030).IsOne)
        {
            q++;
        }

        Assert.Contains(PublicKeyFlaw.CloseFactors, PublicKeyFlaws.Of(Rsa(p * q, 65537)));
        Assert.Contains(PublicKeyFlaw.SmallFactor, PublicKeyFlaws.Of(Rsa(p * 65521, 65537)));
        Assert.Empty(PublicKeyFlaws.Of(Rsa(Number(key.ExportParameters(false).Modulus!), 65537)));
    }

    [Fact]
    public void Moduli_with_a_common_prime_are_found_and_equal_ones_are_not_taken_for_them()
    {
        using var one = RSA.Create(1024);
        using var other = RSA.Create(1024);
        BigInteger p = Number(one.ExportParameters(true).P!), q = Number(one.ExportParameters(true).Q!), r = Number(other.ExportParameters(true).P!);
        var keys = new[] { Rsa(Modulus(), 3), Rsa(p * q, 3), Rsa(p * r, 3), Rsa(Modulus(), 3), Point(5, mirrored: false) };
        Assert.Equal([1, 2], PublicKeyFlaws.SharingPrimes(keys, CancellationToken.None)!.Order());
        Assert.Empty(PublicKeyFlaws.SharingPrimes([Rsa(p * q, 3), Rsa(p * q, 65537)], CancellationToken.None)!);
    }

    private static BigInteger Modulus()
    {
        using var key = RSA.Create(1024);
        return Number(key.ExportParameters(false).Modulus!);
    }

    private static BigInteger Number(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static SubjectKey Rsa(BigInteger modulus, BigInteger exponent)
    {
        var inner = new AsnWriter(AsnEncodingRules.DER);
        using (inner.PushSequence())
        {
            inner.WriteInteger(modulus);
            inner.WriteInteger(exponent);
        }

        var outer = new AsnWriter(AsnEncodingRules.DER);
        using (outer.PushSequence())
        {
            using (outer.PushSequence())
            {
                outer.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                outer.WriteNull();
            }

            outer.WriteBitString(inner.Encode());
        }

        return SubjectKey.Read(outer.Encode());
    }

    private static byte[] Padded(BigInteger scalar) => scalar.ToByteArray(isUnsigned: true, isBigEndian: true) is var bytes ? [.. new byte[32 - bytes.Length], .. bytes] : [];

    private static SubjectKey Point(BigInteger scalar, bool mirrored)
    {
        var point = Sm2PrivateKey.ImportScalar(Padded(scalar)).PublicKey.ExportPoint();
        if (mirrored)
        {
            var prime = BigInteger.Parse("0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
            var y = (prime - Number(point[33..])).ToByteArray(isUnsigned: true, isBigEndian: true);
            point = [.. point[..33], .. new byte[32 - y.Length], .. y];
        }

        var outer = new AsnWriter(AsnEncodingRules.DER);
        using (outer.PushSequence())
        {
            using (outer.PushSequence())
            {
                outer.WriteObjectIdentifier("1.2.840.10045.2.1");
                outer.WriteObjectIdentifier("1.2.156.10197.1.301");
            }

            outer.WriteBitString(point);
        }

        return SubjectKey.Read(outer.Encode());
    }
}
