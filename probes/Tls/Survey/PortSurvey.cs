using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// All that the surveys of one port asked and heard, for probes that can read their answer out of a flight already made. Waits for the
/// walks to end; a probe that needs the versions alone takes <see cref="VersionSurvey"/>.
/// </summary>
internal sealed record PortSurvey(VersionSurvey Versions, SuiteSurvey Suites, KeyExchangeSurvey Keys)
{
    /// <summary>In the order opened; questions other probes asked through the dialogue are among them.</summary>
    public IReadOnlyList<HelloExchange> Exchanges { get; } = Suites.Dialogue.Exchanges;

    /// <summary>For questions of one's own: paced, retried where a door says nothing, and kept.</summary>
    public PortDialogue Dialogue => Suites.Dialogue;

    /// <summary>Asks the endpoint, or hands out what another probe of the run was answered.</summary>
    public static async Task<PortSurvey> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var keys = await KeyExchangeSurvey.OfAsync(endpoint, context, cancellationToken);
        return new PortSurvey(keys.Suites.Versions, keys.Suites, keys);
    }

    /// <summary>Hellos of ours that a version's ServerHello answered, with the flight behind it.</summary>
    public IEnumerable<AnsweredHello> Answered(ProtocolVersion version) => Exchanges
        .Where(e => e.Hello is not null)
        .Select(e => (e.Hello, Flight: (e.Reply as Selected)?.Flight))
        .Where(e => e.Flight?.Hello.Version == version.Wire)
        .Select(e => new AnsweredHello(e.Hello!, e.Flight!));

    /// <summary>The suites accepted in a version: whole or not, see <see cref="SuiteEnumeration.IsWhole"/>; null where the version is not proven.</summary>
    public SuiteEnumeration? SuitesOf(ProtocolVersion version) => Suites.Enumerations.FirstOrDefault(e => e.Version == version);

    /// <summary>
    /// What the server says to an extension up to TLS 1.2 and TLCP: its content where it answers, null where it was offered and not
    /// answered, missing where no answered hello offered it.
    /// </summary>
    public Fact<ReadOnlyMemory<byte>?> AnswerTo(ProtocolVersion version, ExtensionType extension)
    {
        var offered = Answered(version).Where(a => a.Hello.Offers(extension)).ToList();
        if (offered.Count == 0)
        {
            return default;
        }

        var answers = offered.SelectMany(a => a.Flight.Hello.Extensions).Where(e => e.Key == (ushort)extension).Select(e => (ReadOnlyMemory<byte>?)e.Value);
        return new Fact<ReadOnlyMemory<byte>?>(answers.FirstOrDefault());
    }
}

/// <param name="Hello">What was offered.</param>
/// <param name="Flight">What came back.</param>
internal sealed record AnsweredHello(ClientHello Hello, ServerFlight Flight);
