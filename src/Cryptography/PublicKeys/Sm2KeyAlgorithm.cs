using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>AlgorithmIdentifier { id-ecPublicKey, SM2 curve } as it stands in SubjectPublicKeyInfo and PKCS#8.</summary>
internal static class Sm2KeyAlgorithm
{
    public static void Read(AsnReader reader)
    {
        var algorithm = reader.ReadSequence();
        var key = algorithm.ReadObjectIdentifier();
        if (key != Sm2.EcPublicKeyOid)
        {
            throw new DerRejectedException($"密钥算法 {key} 不是椭圆曲线公钥 {Sm2.EcPublicKeyOid}", 0);
        }

        RequireCurve(algorithm.ReadObjectIdentifier());
        algorithm.ThrowIfNotEmpty();
    }

    public static void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Sm2.EcPublicKeyOid);
            writer.WriteObjectIdentifier(Sm2.CurveOid);
        }
    }

    public static void RequireCurve(string curve)
    {
        if (curve != Sm2.CurveOid)
        {
            throw new DerRejectedException($"曲线 {curve} 不是 SM2 推荐曲线 {Sm2.CurveOid}", 0);
        }
    }
}
