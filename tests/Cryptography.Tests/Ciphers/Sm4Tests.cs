using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm4Tests
{
    private static readonly byte[] Key = Convert.FromHexString("0123456789abcdeffedcba9876543210");

    [Fact]
    public void Encrypts_the_first_example_of_GMT_0002()
    {
        var cipher = Sm4.EncryptBlock(Key, Key);
        Assert.Equal("681edf34d206965e86b3e94f536e4246", Convert.ToHexStringLower(cipher));
        Assert.Equal(Key, Sm4.DecryptBlock(Key, cipher));
    }

    [Fact]
    public void Encrypts_the_second_example_of_GMT_0002_a_million_times_over()
    {
        var core = Sm4Core.ForEncryption(Key);
        var block = Key.ToArray();
        for (var i = 0; i < 1_000_000; i++)
        {
            core.Transform(block, block);
        }

        Assert.Equal("595298c7c6fd271f0402f804c33d3f66", Convert.ToHexStringLower(block));
    }

    [Fact]
    public void Blocks_agree_with_the_library()
    {
        var random = new SeededBytes(10);
        for (var i = 0; i < 300; i++)
        {
            var key = random.Take(16);
            var block = random.Take(16);
            var engine = new SM4Engine();
            engine.Init(forEncryption: true, new KeyParameter(key));
            var expected = new byte[16];
            engine.ProcessBlock(block, 0, expected, 0);
            Assert.Equal(expected, Sm4.EncryptBlock(key, block));
            Assert.Equal(block, Sm4.DecryptBlock(key, expected));
        }
    }

    [Fact]
    public void Encrypts_the_GCM_example_of_RFC_8998()
    {
        var nonce = Convert.FromHexString("00001234567800000000ABCD");
        var associated = Convert.FromHexString("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        var sealedData = Sm4.EncryptGcm(Key, nonce, Rfc8998Plaintext, associated);
        Assert.Equal(
            "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
            + "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D",
            Convert.ToHexString(sealedData.Ciphertext));
        Assert.Equal("83DE3541E4C2B58177E065A9BF7B62EC", Convert.ToHexString(sealedData.Tag));
        Assert.Equal(Rfc8998Plaintext, Sm4.DecryptGcm(Key, nonce, sealedData.Ciphertext, sealedData.Tag, associated));
    }

    [Fact]
    public void Encrypts_the_CCM_example_of_RFC_8998()
    {
        var nonce = Convert.FromHexString("00001234567800000000ABCD");
        var associated = Convert.FromHexString("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        var sealedData = Sm4.EncryptCcm(Key, nonce, Rfc8998Plaintext, associated);
        Assert.Equal(
            "48AF93501FA62ADBCD414CCE6034D895DDA1BF8F132F042098661572E7483094"
            + "FD12E518CE062C98ACEE28D95DF4416BED31A2F04476C18BB40C84A74B97DC5B",
            Convert.ToHexString(sealedData.Ciphertext));
        Assert.Equal("16842D4FA186F56AB33256971FA110F4", Convert.ToHexString(sealedData.Tag));
        Assert.Equal(Rfc8998Plaintext, Sm4.DecryptCcm(Key, nonce, sealedData.Ciphertext, sealedData.Tag, associated));
    }

    [Fact]
    public void One_nonce_array_changed_in_place_works_for_every_message()
    {
        var nonce = new byte[12];
        for (byte i = 0; i < 5; i++)
        {
            nonce[0] = i;
            var gcm = Sm4.EncryptGcm(Key, nonce, "数据"u8);
            Assert.Equal("数据"u8.ToArray(), Sm4.DecryptGcm(Key, nonce, gcm.Ciphertext, gcm.Tag));
            var ccm = Sm4.EncryptCcm(Key, nonce, "数据"u8);
            Assert.Equal("数据"u8.ToArray(), Sm4.DecryptCcm(Key, nonce, ccm.Ciphertext, ccm.Tag));
        }
    }

    [Fact]
    public void Tampering_with_any_part_is_noticed()
    {
        var nonce = new byte[12];
        var gcm = Sm4.EncryptGcm(Key, nonce, Rfc8998Plaintext, "a"u8);
        var ccm = Sm4.EncryptCcm(Key, nonce, Rfc8998Plaintext, "a"u8);
        Assert.Throws<CryptographicException>(() => Sm4.DecryptGcm(Key, nonce, Flip(gcm.Ciphertext), gcm.Tag, "a"u8));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptGcm(Key, nonce, gcm.Ciphertext, Flip(gcm.Tag), "a"u8));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptGcm(Key, nonce, gcm.Ciphertext, gcm.Tag, "b"u8));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptGcm(Flip(Key), nonce, gcm.Ciphertext, gcm.Tag, "a"u8));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptGcm(Key, Flip(nonce), gcm.Ciphertext, gcm.Tag, "a"u8));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptCcm(Key, nonce, Flip(ccm.Ciphertext), ccm.Tag, "a"u8));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptCcm(Key, nonce, ccm.Ciphertext, Flip(ccm.Tag), "a"u8));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptCcm(Key, nonce, ccm.Ciphertext, ccm.Tag, "b"u8));
    }

    [Fact]
    public void Wrong_padding_and_torn_ciphertexts_are_refused()
    {
        var unpadded = Sm4.EncryptBlock(Key, new byte[16]);
        Assert.Throws<CryptographicException>(() => Sm4.DecryptEcb(Key, unpadded));
        Assert.Throws<CryptographicException>(() => Sm4.DecryptCbc(Key, new byte[16], unpadded));
        Assert.Throws<CryptographicException>(static () => Sm4.DecryptCbc(Key, new byte[16], new byte[17]));
        Assert.Throws<CryptographicException>(static () => Sm4.DecryptCbc(Key, new byte[16], []));
    }

    [Fact]
    public void Lengths_outside_the_standard_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => Sm4.EncryptBlock(new byte[15], new byte[16]));
        Assert.Throws<ArgumentException>(static () => Sm4.EncryptBlock(Key, new byte[15]));
        Assert.Throws<ArgumentException>(static () => Sm4.EncryptCbc(Key, new byte[12], []));
        Assert.Throws<ArgumentException>(static () => Sm4.EncryptGcm(Key, [], []));
        Assert.Throws<ArgumentException>(static () => Sm4.EncryptCcm(Key, new byte[6], []));
        Assert.Throws<ArgumentException>(static () => Sm4.DecryptGcm(Key, new byte[12], [], new byte[8]));
    }

    private static byte[] Rfc8998Plaintext { get; } = Convert.FromHexString(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        + "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA");

    private static byte[] Flip(byte[] bytes) => [(byte)(bytes[0] ^ 1), .. bytes[1..]];
}
