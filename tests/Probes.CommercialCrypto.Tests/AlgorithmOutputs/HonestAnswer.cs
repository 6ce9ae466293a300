using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Answers of our own library, in the standards' way.</summary>
internal static class HonestAnswer
{
    public static string? Of(AlgorithmCase one)
    {
        byte[] B(string name) => one.Bytes(name);
        return one.Operation switch
        {
            "sm3" => Convert.ToHexString(Sm3.HashData(B("input"))),
            "hmac-sm3" => Convert.ToHexString(HmacSm3.HashData(B("key"), B("input"))),
            "sm4-ecb-encrypt" => Convert.ToHexString(one.Text("padding") == "none" ? Sm4.EncryptBlock(B("key"), B("input")) : Sm4.EncryptEcb(B("key"), B("input"))),
            "sm4-ecb-decrypt" => Convert.ToHexString(Sm4.DecryptEcb(B("key"), B("input"))),
            "sm4-cbc-encrypt" => Convert.ToHexString(Sm4.EncryptCbc(B("key"), B("iv"), B("input"))),
            "sm4-cbc-decrypt" => Convert.ToHexString(Sm4.DecryptCbc(B("key"), B("iv"), B("input"))),
            "sm4-ctr-encrypt" => Convert.ToHexString(Sm4.TransformCtr(B("key"), B("iv"), B("input"))),
            "sm4-gcm-encrypt" => Sm4.EncryptGcm(B("key"), B("iv"), B("input"), B("aad")) is var made ? Convert.ToHexString([.. made.Ciphertext, .. made.Tag]) : null,
            "sm4-gcm-decrypt" => OrReject(() => Sm4.DecryptGcm(B("key"), B("iv"), B("input").AsSpan(..^16), B("input").AsSpan(^16..), B("aad"))),
            "sm2-sign" => Convert.ToHexString(Key(one).Sign(B("input"), one.UserId)),
            "sm2-verify" => Sm2PublicKey.FromPoint(B("publicKey")).VerifyRaw(B("input"), B("signature"), one.UserId) ? "valid" : "invalid",
            "sm2-encrypt" => Convert.ToHexString(Key(one).PublicKey.EncryptRaw(B("input"))),
            "sm2-decrypt" => OrReject(() => Key(one).DecryptRaw(B("input"))),
            _ => null,
        };
    }

    private static Sm2PrivateKey Key(AlgorithmCase one) => Sm2PrivateKey.ImportScalar(one.Bytes("privateKey"));

    private static string OrReject(Func<byte[]> open)
    {
        try
        {
            return Convert.ToHexString(open());
        }
        catch (CryptographicException)
        {
            return "reject";
        }
    }
}
