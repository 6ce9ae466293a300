using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What programs make of the key they are given before a cipher sees it.</summary>
internal static class TrialKeys
{
    /// <summary>As it stands, and by the conversions that common libraries apply to a password.</summary>
    public static IReadOnlyList<TestKey> Of(Secret? secret)
    {
        if (secret is null)
        {
            return [];
        }

        var keys = TestKey.Of(secret).Where(k => k.Bytes.Length is 8 or 16 or 24 or 32).ToList();
        var text = Encoding.UTF8.GetBytes(secret.Reveal().Trim());
        Add("MySQL 折叠后的口令", Folded(text));
#pragma warning disable CA5350, CA5351 // what candidates use is recomputed with what they used
        var md5 = MD5.HashData(text);
        Add("MD5(口令)", md5);
        Add("SHA1PRNG(口令)", SHA1.HashData(SHA1.HashData(text))[..16]);
#pragma warning restore CA5350, CA5351
        Add("SHA-256(口令)", SHA256.HashData(text));
        Add("SM3(口令) 前 16 字节", Sm3.HashData(text)[..16]);
        Add("SHA-256(口令) 前 16 字节", SHA256.HashData(text)[..16]);
        if (text.Length is > 0 and < 16)
        {
            Add("补零到 16 字节的口令", [.. text, .. new byte[16 - text.Length]]);
        }

        return [.. keys.DistinctBy(k => Convert.ToHexString(k.Bytes), StringComparer.Ordinal)];

        void Add(string form, byte[] made) => keys.Add(new(form, made) { Source = text });
    }

    /// <summary>As hexadecimal d, or PKCS#8 in base64 on one line; null where it is neither.</summary>
    public static Sm2PrivateKey? Sm2(Secret? secret)
    {
        if (secret is null)
        {
            return null;
        }

        try
        {
            return BinaryText.Decode(secret.Reveal().Trim())?.Bytes switch
            {
                { Length: 32 } d => Sm2PrivateKey.ImportPkcs8(Pkcs8(d)),
                { Length: > 32 } pkcs8 => Sm2PrivateKey.ImportPkcs8(pkcs8),
                _ => null,
            };
        }
        catch (Exception refused) when (refused is CryptographicException or DerRejectedException)
        {
            return null;
        }
    }

    /// <summary>d, of which it is seen whether it can be guessed.</summary>
    public static TestKey Number(Sm2PrivateKey key)
    {
        var outer = new AsnReader(key.ExportPkcs8(), AsnEncodingRules.DER).ReadSequence();
        outer.ReadInteger();
        outer.ReadSequence();
        var inner = new AsnReader(outer.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
        inner.ReadInteger();
        return new("SM2 私钥", inner.ReadOctetString());
    }

    /// <summary>RFC 5208 around RFC 5915.</summary>
    private static byte[] Pkcs8(byte[] d)
    {
        var inner = new AsnWriter(AsnEncodingRules.DER);
        using (inner.PushSequence())
        {
            inner.WriteInteger(1);
            inner.WriteOctetString(d);
        }

        var outer = new AsnWriter(AsnEncodingRules.DER);
        using (outer.PushSequence())
        {
            outer.WriteInteger(0);
            using (outer.PushSequence())
            {
                outer.WriteObjectIdentifier("1.2.840.10045.2.1");
                outer.WriteObjectIdentifier(Cryptography.Sm2.CurveOid);
            }

            outer.WriteOctetString(inner.Encode());
        }

        return outer.Encode();
    }

    /// <summary>Longer passwords wrap around and are xored, as AES_ENCRYPT() does.</summary>
    private static byte[] Folded(byte[] password)
    {
        var key = new byte[16];
        for (var i = 0; i < password.Length; i++)
        {
            key[i % 16] ^= password[i];
        }

        return key;
    }
}
