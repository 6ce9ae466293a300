using System.Diagnostics;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Mutants of captured flights and messages: the clients end in time and never with a foreign exception.</summary>
public sealed class MutatedHandshakeTests
{
    [Theory]
    [InlineData("tlcp-tongsuo-ecc.E013.gotlcp")]
    [InlineData("tlcp-tongsuo-ecc.E053.tongsuo")]
    public async Task Mutated_tlcp_flights_end_the_handshake_without_harm(string name)
    {
        var original = CapturedFlight.Load(name).Bytes();
        var clock = Stopwatch.StartNew();
        for (ulong seed = 0; seed < 150; seed++)
        {
            await using var stream = new PlayedStream(new SeededBytes(seed).Mutate(original));
            await EndsAsync(() => new TlcpAttempt(stream, [0xE013, 0xE053], null, null).RunAsync(CancellationToken.None));
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Mutated_tls13_hellos_and_records_end_the_handshake_without_harm()
    {
        var original = CapturedFlight.Load("tls13-sm-only.00C6.tongsuo").Bytes();
        for (ulong seed = 0; seed < 200; seed++)
        {
            byte[] mutant = [.. new SeededBytes(seed).Mutate(original), .. WireBytes.Record(20, 0x0303, [1]), .. WireBytes.Record(23, 0x0303, new SeededBytes(seed).Take(200))];
            await using var stream = new PlayedStream(mutant);
            await EndsAsync(() => new Tls13Attempt(stream, Tls13Offer.SmOnly, null).RunAsync(CancellationToken.None));
        }
    }

    [Fact]
    public void Mutated_messages_of_tls13_are_read_or_refused()
    {
        byte[] extensions = [0, 12, 0, 16, 0, 5, 0, 3, 2, (byte)'h', (byte)'2', 0, 0, 0];
        byte[] certificates = [0, 0, 0, 20, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0, 0, 3, 7, 8, 9, 0, 2, 0, 0];
        byte[] ticket = [0, 0, 0, 10, 1, 2, 3, 4, 1, 0, 0, 4, 1, 2, 3, 4, 0, 8, 0, 42, 0, 4, 0, 0, 64, 0];
        for (ulong seed = 0; seed < 3000; seed++)
        {
            var random = new SeededBytes(seed);
            Ends(() => Tls13Messages.Extensions(random.Mutate(extensions)));
            Ends(() => Tls13Messages.Certificates(random.Mutate(certificates)));
            Ends(() => Tls13Messages.CertificateRequest(random.Mutate(extensions)));
            Ends(() => Tls13Messages.Ticket(random.Mutate(ticket)));
        }

        Assert.Equal(new Tls13Ticket(10, 16384), Tls13Messages.Ticket(ticket));
    }

    private static void Ends(Action read)
    {
        try
        {
            read();
        }
        catch (MalformedFlightException)
        {
            // Refused.
        }
    }

    private static async Task EndsAsync(Func<Task> run)
    {
        try
        {
            await run();
            Assert.Fail("a replayed flight cannot finish");
        }
        catch (Exception ended) when (ended is HandshakeStoppedException or MalformedFlightException or System.Security.Cryptography.CryptographicException)
        {
            // As the clients expect.
        }
    }

    /// <summary>Says what it was given and takes whatever is written.</summary>
    private sealed class PlayedStream(byte[] given) : MemoryStream(given, writable: false)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
