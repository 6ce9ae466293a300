using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class MutatedFlightTests
{
    private const int Flights = 24_000;
    private const int Certificates = 12_000;

    [Fact]
    public void No_mutated_flight_escapes_the_parser()
    {
        var seeded = new SeededBytes(20260101);
        var originals = CapturedFlight.Names.Select(n => CapturedFlight.Load(n).Refragmented(n.Length * 9)).ToList();
        var (read, malformed, foreign) = (0, 0, 0);
        for (var i = 0; i < Flights; i++)
        {
            var mutant = seeded.Mutate(originals[i % originals.Count]);
            try
            {
                var assembler = FlightAssemblerTests.Feed(mutant, 1 + seeded.Below(4000));
                assembler.End();
                foreign += assembler.Foreign is null ? 0 : 1;
                foreach (var (der, position) in (assembler.Flight?.Certificates() ?? []).Select((c, p) => (c, p)))
                {
                    Assert.Equal(position, CertificateReader.Read(der, position).Position);
                    read++;
                }
            }
            catch (MalformedFlightException)
            {
                malformed++;
            }
        }

        Assert.True(read > 1000 && malformed > 1000 && foreign > 10, $"{read} {malformed} {foreign}");
    }

    [Fact]
    public void No_mutated_certificate_escapes_the_reader()
    {
        var seeded = new SeededBytes(7);
        List<byte[]> originals =
        [
            TestCertificates.Rsa().Der(), TestCertificates.Ecdsa().Der(),
            .. CapturedFlight.Load("tlcp-tongsuo-ecc.E013.gotlcp").Certificates!.Select(Convert.FromHexString),
        ];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var readable = 0;
        for (var i = 0; i < Certificates; i++)
        {
            var mutant = seeded.Mutate(originals[i % originals.Count]);
            var escaped = Record.Exception(() =>
            {
                var read = CertificateReader.Read(mutant, 0);
                readable += read.Problem is null ? 1 : 0;
                _ = Model.ObservationJson.ToElement(read);
            });

            // The keys of the originals are new in every run, so that only the bytes themselves bring a failure back.
            Assert.True(escaped is null, $"{escaped} {Convert.ToHexString(mutant)}");
        }

        Assert.InRange(readable, 100, Certificates);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Certificates, 0, 512 * 1024);
    }

    [Fact]
    public void Mutated_bytes_that_still_are_der_keep_their_limits()
    {
        var bomb = new byte[DerLimits.Certificate.MaxBytes + 1];
        bomb[0] = 0x30;

        Assert.NotNull(CertificateReader.Read(bomb, 0).Problem);
    }
}
