using System.Diagnostics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Damaged keys and signatures: only the documented exceptions, in time.</summary>
public sealed class MutationTests
{
    private const int Rounds = 1500;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public void Damaged_public_keys_are_read_or_refused_as_documented()
    {
        using var key = Sm2PrivateKey.Generate();
        Mutate(key.PublicKey.ExportSpki(), static bytes => Sm2PublicKey.ImportSpki(bytes));
    }

    [Fact]
    public void Damaged_private_keys_are_read_or_refused_as_documented()
    {
        using var key = Sm2PrivateKey.Generate();
        Mutate(key.ExportPkcs8(), static bytes => Sm2PrivateKey.ImportPkcs8(bytes).Dispose());
    }

    [Fact]
    public void Damaged_signatures_do_not_verify()
    {
        using var key = Sm2PrivateKey.Generate();
        var signature = key.Sign("abc"u8);
        var publicKey = key.PublicKey;
        Mutate(signature, bytes => Assert.True(!publicKey.Verify("abc"u8, bytes) || bytes.AsSpan().SequenceEqual(signature)));
    }

    [Fact]
    public void Damaged_encrypted_keys_are_refused_as_documented()
    {
        // A made-up structure: PBES2, PBKDF2 with 1 iteration, HMAC-SHA256, SM4-CBC.
        var encrypted = Convert.FromHexString(
            "306E305A06092A864886F70D01050D304D302B06092A864886F70D01050C301E04080102030405060708020101"
            + "300C06082A864886F70D02090500301E06082A811CCF5501680204100102030405060708090A0B0C0D0E0F100410000102030405060708090A0B0C0D0E0F");
        encrypted[1] = (byte)(encrypted.Length - 2);
        Mutate(encrypted, static bytes => Sm2PrivateKey.ImportPem(PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", bytes), "x").Dispose(), 400);
    }

    [Fact]
    public void Damaged_structures_pass_the_gate_or_are_refused_as_documented()
    {
        using var key = Sm2PrivateKey.Generate();
        var nested = DerGuardTests.Element(0x30, [.. key.ExportPkcs8(), .. key.PublicKey.ExportSpki(), .. key.Sign([])]);
        Mutate(nested, static bytes => DerGuard.Check(bytes, DerLimits.Certificate));
    }

    private static void Mutate(byte[] original, Action<byte[]> use, int rounds = Rounds)
    {
        var random = new SeededBytes(original.Length);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < rounds; i++)
        {
            var damaged = Damage(original, random);
            try
            {
                use(damaged);
            }
            catch (CryptographicException)
            {
                // Documented; DerRejectedException is one.
            }
        }

        Assert.True(watch.Elapsed < Bound, $"took {watch.Elapsed}");
    }

    private static byte[] Damage(byte[] original, SeededBytes random)
    {
        var bytes = original.ToList();
        for (var n = random.Below(3); n >= 0 && bytes.Count > 0; n--)
        {
            var at = random.Below(bytes.Count);
            switch (random.Below(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Below(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Below(256);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.InsertRange(at, random.Take(random.Below(4)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
