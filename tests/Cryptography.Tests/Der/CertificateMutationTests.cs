using System.Diagnostics;
using Org.BouncyCastle.X509;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>What the gate admits of a damaged certificate, the library's parser can live with.</summary>
public sealed class CertificateMutationTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public void An_intact_certificate_is_admitted() =>
        DerGuard.Check(File.ReadAllBytes(Fixture.Path("sm2-certificate.der")), DerLimits.Certificate);

    [Fact]
    public void Admitted_damage_neither_hangs_nor_kills_the_parser()
    {
        var certificate = File.ReadAllBytes(Fixture.Path("sm2-certificate.der"));
        var random = new SeededBytes(30);
        var watch = Stopwatch.StartNew();
        var admitted = 0;
        for (var i = 0; i < 3000; i++)
        {
            var damaged = certificate.ToArray();
            for (var n = random.Below(3); n >= 0; n--)
            {
                damaged[random.Below(damaged.Length)] = (byte)random.Below(256);
            }

            if (DerGuard.Accepts(damaged, DerLimits.Certificate))
            {
                admitted++;
                Parse(damaged);
            }
        }

        Assert.True(watch.Elapsed < Bound, $"took {watch.Elapsed}");
        Assert.InRange(admitted, 100, 2999);
    }

    private static void Parse(byte[] certificate)
    {
        // Any exception will do here: the parser is nobody's public surface. A hang or a stack overflow will not.
        var error = Record.Exception(() => new X509CertificateParser().ReadCertificate(certificate)?.GetPublicKey());
        Assert.False(error is OutOfMemoryException or InsufficientExecutionStackException, error?.ToString());
    }
}
