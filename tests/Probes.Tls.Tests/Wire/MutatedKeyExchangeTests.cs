using System.Diagnostics;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Whatever a server puts into its key exchange or its SSL 2.0 hello, the readers end quickly and in their own exception.</summary>
public sealed class MutatedKeyExchangeTests
{
    private const int Rounds = 45_000;

    [Fact]
    public void No_mutated_key_exchange_escapes_the_reader()
    {
        var seeded = new SeededBytes(20260722);
        var tls = new ScriptedTls
        {
            Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = [0xC02F, 0x009E, 0xC013], [0x0301] = [0x0033, 0x0003] },
            Certificates = [new byte[300]],
        };
        List<byte[]> originals = [.. Hellos().Select(h => tls.Answer(HelloSeen.Of(h)!))];
        var (keys, malformed) = (0, 0);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++)
        {
            try
            {
                var assembler = FlightAssemblerTests.Feed(seeded.Mutate(originals[i % originals.Count]), 1 + seeded.Below(2000));
                if (assembler.Flight is { } flight && KeyExchange.Read(flight) is { } key)
                {
                    keys++;
                    _ = KeyExchange.BitsOf(key.Prime ?? default);
                    _ = NamedGroups.Of(key.Group ?? 0).Name + SignatureSchemes.NameOf(key.Scheme ?? 0);
                }
            }
            catch (MalformedFlightException)
            {
                malformed++;
            }
        }

        Assert.True(keys > 1000 && malformed > 1000, $"{keys} {malformed}");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void No_mutated_ssl2_hello_escapes_the_reader()
    {
        var seeded = new SeededBytes(2);
        var original = Ssl2Tests.ServerHello(new byte[600], [0x010080, 0x0700C0, 0x020080]);
        var (read, malformed) = (0, 0);
        for (var i = 0; i < Rounds; i++)
        {
            var reply = new Ssl2Reply();
            try
            {
                var mutant = seeded.Mutate(original);
                foreach (var piece in mutant.Chunk(1 + seeded.Below(300)))
                {
                    if (!reply.Take(piece))
                    {
                        break;
                    }
                }

                read += reply.Conclude(new Closed(Hard: false)) is Ssl2Selected ? 1 : 0;
            }
            catch (MalformedFlightException)
            {
                malformed++;
            }

            Assert.InRange(reply.Received.Length, 0, 0x8003);
        }

        Assert.True(read > 1000 && malformed > 100, $"{read} {malformed}");
    }

    private static IEnumerable<byte[]> Hellos() =>
        from version in (ushort[])[0x0303, 0x0301]
        from suites in (ushort[][])[[0xC02F], [0x009E], [0x0033], [0xC013]]
        let hello = new ClientHello { RecordVersion = 0x0301, HelloVersion = version, Suites = suites, Groups = [29, 23], SignatureAlgorithms = [0x0401] }
        let record = hello.ToRecord()
        where HelloSeen.Of(record) is not null && (version == 0x0303) != (suites[0] == 0x0033)
        select record;
}
