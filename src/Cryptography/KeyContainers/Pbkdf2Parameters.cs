using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>PBKDF2-params (RFC 8018 §A.2), and the variant with HMAC-SM3 of GM/T 0091-2020.</summary>
internal sealed record Pbkdf2Parameters(byte[] Salt, long Iterations, string Prf)
{
    private const string HmacSha1 = "1.2.840.113549.2.7";
    private const string HmacSm3Oid = "1.2.156.10197.1.401.2";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [HmacSha1] = "HMAC-SHA-1",
        ["1.2.840.113549.2.8"] = "HMAC-SHA-224",
        ["1.2.840.113549.2.9"] = "HMAC-SHA-256",
        ["1.2.840.113549.2.10"] = "HMAC-SHA-384",
        ["1.2.840.113549.2.11"] = "HMAC-SHA-512",
        [HmacSm3Oid] = "HMAC-SM3",
        ["1.2.156.10197.1.401"] = "HMAC-SM3",
    };

    public string Name => $"PBKDF2（{Names.GetValueOrDefault(Prf, Prf)}）";

    public bool CanDerive => Names.ContainsKey(Prf) && Prf != "1.2.840.113549.2.8" && Iterations is > 0 and <= int.MaxValue;

    /// <param name="kdf">Object identifier of the derivation.</param>
    /// <param name="derivation">Behind it.</param>
    /// <returns>Null for another derivation.</returns>
    public static Pbkdf2Parameters? TryRead(string kdf, AsnReader derivation)
    {
        if (kdf is not ("1.2.840.113549.1.5.12" or "1.2.156.10197.6.1.4.1.5.1"))
        {
            return null;
        }

        var parameters = derivation.ReadSequence();
        var salt = parameters.ReadOctetString();
        var iterations = (long)BigInteger.Max(0, BigInteger.Min(parameters.ReadInteger(), long.MaxValue));
        if (parameters.HasData && parameters.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            parameters.ReadEncodedValue();
        }

        return new Pbkdf2Parameters(salt, iterations, parameters.HasData ? parameters.ReadSequence().ReadObjectIdentifier() : HmacSha1);
    }

    public byte[] Derive(ReadOnlySpan<byte> password, int length) => Prf switch
    {
        HmacSha1 => Rfc2898DeriveBytes.Pbkdf2(password, Salt, (int)Iterations, HashAlgorithmName.SHA1, length),
        "1.2.840.113549.2.9" => Rfc2898DeriveBytes.Pbkdf2(password, Salt, (int)Iterations, HashAlgorithmName.SHA256, length),
        "1.2.840.113549.2.10" => Rfc2898DeriveBytes.Pbkdf2(password, Salt, (int)Iterations, HashAlgorithmName.SHA384, length),
        "1.2.840.113549.2.11" => Rfc2898DeriveBytes.Pbkdf2(password, Salt, (int)Iterations, HashAlgorithmName.SHA512, length),
        _ => WithSm3(password, length),
    };

    private byte[] WithSm3(ReadOnlySpan<byte> password, int length)
    {
        var key = new byte[length];
        var input = new byte[Salt.Length + sizeof(uint)];
        Salt.CopyTo(input, 0);
        for (var (at, block) = (0, 1u); at < length; at += Sm3.HashSizeInBytes, block++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(input.AsSpan(Salt.Length), block);
            var last = HmacSm3.HashData(password, input);
            var sum = (byte[])last.Clone();
            for (var i = 1L; i < Iterations; i++)
            {
                last = HmacSm3.HashData(password, last);
                for (var j = 0; j < sum.Length; j++)
                {
                    sum[j] ^= last[j];
                }
            }

            sum.AsSpan(0, Math.Min(sum.Length, length - at)).CopyTo(key.AsSpan(at));
        }

        return key;
    }
}
