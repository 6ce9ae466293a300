using System.Text;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class OpenSslSm2Tests
{
    private const string DefaultId = "distid:1234567812345678";

    [SkippableFact]
    public void Its_keys_and_signatures_verify_here()
    {
        OpenSslTool.Require();
        using var folder = new TemporaryFolder();
        var keyFile = Path.Combine(folder.Root, "key.pem");
        for (var i = 0; i < 5; i++)
        {
            OpenSslTool.Run([], "genpkey", "-algorithm", "SM2", "-out", keyFile);
            var publicPem = Encoding.ASCII.GetString(OpenSslTool.Run([], "pkey", "-in", keyFile, "-pubout"));
            var message = new SeededBytes(i).Take(100 * i);
            var signature = OpenSslTool.Run([], "dgst", "-sm3", "-sign", keyFile, "-sigopt", DefaultId, folder.Write("data", message));

            var key = Sm2PublicKey.ImportPem(publicPem);
            Assert.True(key.Verify(message, signature));
            Assert.False(key.Verify([.. message, 0], signature));
            Assert.Equal(publicPem, key.ExportPem());

            using var privateKey = Sm2PrivateKey.ImportPem(File.ReadAllText(keyFile));
            Assert.Equal(key, privateKey.PublicKey);
        }
    }

    [SkippableFact]
    public void Our_keys_and_signatures_verify_there()
    {
        OpenSslTool.Require();
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 5; i++)
        {
            using var key = Sm2PrivateKey.Generate();
            var message = new SeededBytes(i).Take(100 * i);
            var data = folder.Write("data", message);
            var publicKey = folder.Write("public.pem", Encoding.ASCII.GetBytes(key.PublicKey.ExportPem()));
            var privateKey = folder.Write("private.pem", Encoding.ASCII.GetBytes(key.ExportPkcs8Pem()));

            var ours = folder.Write("ours.sig", key.Sign(message));
            Assert.True(OpenSslTool.Succeeds("dgst", "-sm3", "-verify", publicKey, "-sigopt", DefaultId, "-signature", ours, data));
            var named = folder.Write("named.sig", key.Sign(message, "ALICE123@YAHOO.COM"u8));
            Assert.True(OpenSslTool.Succeeds(
                "dgst", "-sm3", "-verify", publicKey, "-sigopt", "distid:ALICE123@YAHOO.COM", "-signature", named, data));
            Assert.False(OpenSslTool.Succeeds("dgst", "-sm3", "-verify", publicKey, "-sigopt", DefaultId, "-signature", named, data));

            var theirs = OpenSslTool.Run([], "dgst", "-sm3", "-sign", privateKey, "-sigopt", DefaultId, data);
            Assert.True(key.PublicKey.Verify(message, theirs));
        }
    }

    [SkippableFact]
    public void A_SEC1_key_and_one_behind_a_parameters_section_are_read()
    {
        OpenSslTool.Require();
        var pem = OpenSslTool.Run([], "ecparam", "-name", "SM2", "-genkey");
        using var key = Sm2PrivateKey.ImportPem(Encoding.ASCII.GetString(pem));

        var sec1 = Encoding.ASCII.GetString(OpenSslTool.Run(pem, "ec"));
        Assert.Contains("SM2 PRIVATE KEY", sec1, StringComparison.Ordinal);
        using var fromSec1 = Sm2PrivateKey.ImportPem(sec1);
        using var relabelled = Sm2PrivateKey.ImportPem(sec1.Replace("SM2 PRIVATE", "EC PRIVATE", StringComparison.Ordinal));
        Assert.Equal(key.PublicKey, fromSec1.PublicKey);
        Assert.Equal(key.PublicKey, relabelled.PublicKey);
    }

    [SkippableTheory]
    [InlineData("-aes-256-cbc")]
    [InlineData("-aes-128-cbc")]
    [InlineData("-sm4-cbc")]
    public void An_encrypted_key_opens_with_its_password_only(string cipher)
    {
        OpenSslTool.Require();
        var plain = OpenSslTool.Run([], "genpkey", "-algorithm", "SM2");
        var encrypted = Encoding.ASCII.GetString(OpenSslTool.Run(plain, "pkcs8", "-topk8", "-v2", cipher[1..], "-passout", "pass:口令 1"));
        using var key = Sm2PrivateKey.ImportPem(encrypted, "口令 1");
        using var same = Sm2PrivateKey.ImportPem(Encoding.ASCII.GetString(plain));
        Assert.Equal(same.PublicKey, key.PublicKey);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Sm2PrivateKey.ImportPem(encrypted, "口令 2"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Sm2PrivateKey.ImportPem(encrypted));
    }

    [SkippableFact]
    public void A_key_of_another_curve_or_with_explicit_parameters_is_refused()
    {
        OpenSslTool.Require();
        var p256 = Encoding.ASCII.GetString(OpenSslTool.Run([], "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"));
        Assert.Throws<DerRejectedException>(() => Sm2PrivateKey.ImportPem(p256));

        var written = OpenSslTool.Run([], "ecparam", "-name", "SM2", "-genkey", "-param_enc", "explicit");
        var error = Assert.Throws<DerRejectedException>(() => Sm2PrivateKey.ImportPem(Encoding.ASCII.GetString(written)));
        Assert.Contains("显式参数", error.Message, StringComparison.Ordinal);
    }
}
