namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class OpenSslDigestAndCipherTests
{
    [SkippableFact]
    public void Sm3_agrees()
    {
        OpenSslTool.Require();
        var random = new SeededBytes(20);
        foreach (var length in new[] { 0, 1, 55, 56, 64, 1000, 70_000 })
        {
            var data = random.Take(length);
            Assert.Equal(OpenSslTool.Run(data, "dgst", "-sm3", "-binary"), Sm3.HashData(data));
        }
    }

    [SkippableFact]
    public void Hmac_agrees()
    {
        OpenSslTool.Require();
        var random = new SeededBytes(21);
        var key = random.Take(20);
        var data = random.Take(500);
        var expected = OpenSslTool.Run(data, "dgst", "-sm3", "-mac", "HMAC", "-macopt", "hexkey:" + Convert.ToHexString(key), "-binary");
        Assert.Equal(expected, HmacSm3.HashData(key, data));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(70_001)]
    public void Sm4_agrees_in_both_directions(int length)
    {
        OpenSslTool.Require();
        var random = new SeededBytes(length);
        var key = random.Take(16);
        var iv = random.Take(16);
        var data = random.Take(length);

        var cbc = Encrypt("-sm4-cbc", key, iv, data);
        Assert.Equal(cbc, Sm4.EncryptCbc(key, iv, data));
        Assert.Equal(data, Sm4.DecryptCbc(key, iv, cbc));

        var ecb = Encrypt("-sm4-ecb", key, null, data);
        Assert.Equal(ecb, Sm4.EncryptEcb(key, data));
        Assert.Equal(data, Sm4.DecryptEcb(key, ecb));

        Assert.Equal(Encrypt("-sm4-ctr", key, iv, data), Sm4.TransformCtr(key, iv, data));
    }

    private static byte[] Encrypt(string cipher, byte[] key, byte[]? iv, byte[] data)
    {
        string[] vector = iv is null ? [] : ["-iv", Convert.ToHexString(iv)];
        return OpenSslTool.Run(data, ["enc", cipher, "-K", Convert.ToHexString(key), .. vector]);
    }
}
