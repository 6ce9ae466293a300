using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm2EncryptionTests
{
    /// <summary>GB/T 32918.5-2017 annex C.</summary>
    [Fact]
    public void The_example_of_the_standard_decrypts()
    {
        using var key = Keys.OfScalar(Convert.FromHexString("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"));
        var ciphertext = Convert.FromHexString(
            "04" + "04EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73" + "E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"
            + "59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766" + "21886CA989CA9C7D58087307CA93092D651EFA");

        Assert.Equal("encryption standard"u8.ToArray(), key.DecryptRaw(ciphertext));
        Assert.Equal("encryption standard"u8.ToArray(), key.Decrypt(Sm2Cipher.Encode(ciphertext)));
    }

    /// <summary>GB/T 32918.5-2017 annex B.</summary>
    [Fact]
    public void The_key_exchange_of_the_standard_gives_its_key_on_both_sides()
    {
        using var a = Keys.OfScalar(Convert.FromHexString("81EB26E941BB5AF16DF116495F90695272AE2CD63D6C4AE1678418BE48230029"));
        using var b = Keys.OfScalar(Convert.FromHexString("785129917D45A9EA5437A59356B82338EAADDA6CEB199088F14AE10DEFA229B5"));
        using var ra = Keys.OfScalar(Convert.FromHexString("D4DE15474DB74D06491C440D305E012400990F3E390C7E87153C12DB2EA60BB3"));
        using var rb = Keys.OfScalar(Convert.FromHexString("7E07124814B309489125EAED101113164EBF0F3458C5BD88335C1F9D596243D6"));

        var ofA = Sm2KeyExchange.Agree(initiator: true, a, ra, b.PublicKey, rb.PublicKey, 16);
        var ofB = Sm2KeyExchange.Agree(initiator: false, b, rb, a.PublicKey, ra.PublicKey, 16);

        Assert.Equal("6C89347354DE2484C60B4AB1FDE4C6E5", Convert.ToHexString(ofA));
        Assert.Equal(ofA, ofB);
        Assert.NotEqual(ofA, Sm2KeyExchange.Agree(initiator: false, a, ra, b.PublicKey, rb.PublicKey, 16));
        Assert.NotEqual(ofA, Sm2KeyExchange.Agree(initiator: true, a, ra, b.PublicKey, rb.PublicKey, 16, peerId: "ALICE"u8));
    }

    [Fact]
    public void What_is_encrypted_decrypts_and_nothing_changed_does()
    {
        using var key = Sm2PrivateKey.Generate();
        foreach (var length in new[] { 1, 31, 32, 33, 48, 1000, Sm2.MaxPlaintextBytes })
        {
            var plaintext = new SeededBytes(length).Take(length);
            Assert.Equal(plaintext, key.Decrypt(key.PublicKey.Encrypt(plaintext)));
            var raw = key.PublicKey.EncryptRaw(plaintext);
            Assert.Equal(plaintext, key.DecryptRaw(raw));
            raw[^1] ^= 1;
            Assert.Throws<CryptographicException>(() => key.DecryptRaw(raw));
        }

        Assert.Throws<ArgumentException>(() => key.PublicKey.Encrypt([]));
    }

    [Fact]
    public void Mutated_ciphertexts_end_in_a_refusal()
    {
        using var key = Sm2PrivateKey.Generate();
        var original = key.PublicKey.Encrypt(new byte[48]);
        var random = new SeededBytes(7);
        for (var i = 0; i < 300; i++)
        {
            byte[] mutant = [.. original];
            mutant[random.Take(1)[0] % mutant.Length] ^= (byte)(1 + (random.Take(1)[0] % 255));
            Assert.ThrowsAny<CryptographicException>(() => key.Decrypt(mutant));
        }
    }

    [SkippableFact]
    public void OpenSSL_decrypts_ours_and_we_decrypt_its()
    {
        OpenSslTool.Require();
        using var folder = new TemporaryFolder();
        using var key = Sm2PrivateKey.Generate();
        var privateKey = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8Pem()));
        var plaintext = new SeededBytes(5).Take(48);

        var theirs = OpenSslTool.Run([], "pkeyutl", "-encrypt", "-inkey", privateKey, "-in", folder.Write("plain", plaintext), "-pkeyopt", "digest:sm3");
        Assert.Equal(plaintext, key.Decrypt(theirs));
        var ours = folder.Write("ours", key.PublicKey.Encrypt(plaintext));
        Assert.Equal(plaintext, OpenSslTool.Run([], "pkeyutl", "-decrypt", "-inkey", privateKey, "-in", ours, "-pkeyopt", "digest:sm3"));
    }
}
