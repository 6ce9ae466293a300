using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Groups, curves and signature schemes of a port; the last of the walks.</summary>
/// <param name="Suites">What came before.</param>
internal sealed record KeyExchangeSurvey(SuiteSurvey Suites)
{
    /// <summary>Null where TLS 1.3 is not proven.</summary>
    public GroupEnumeration? Tls13Groups { get; init; }

    /// <summary>The version <see cref="Curves"/> and <see cref="Schemes"/> were asked in: the highest up to TLS 1.2; null without one.</summary>
    public ProtocolVersion? Classic { get; init; }

    /// <summary>Null where no ECDHE suite is accepted in <see cref="Classic"/>.</summary>
    public GroupEnumeration? Curves { get; init; }

    /// <summary>Null where <see cref="Classic"/> is not TLS 1.2 or signs no key exchange.</summary>
    public GroupEnumeration? Schemes { get; init; }

    /// <summary>Exchanges behind those of the suite survey, in the order opened.</summary>
    public IReadOnlyList<HelloExchange> Walked { get; init; } = [];

    /// <summary>Asks the endpoint, or hands out what another probe of the run was answered.</summary>
    public static Task<KeyExchangeSurvey> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync(Key(endpoint), token => RunAsync(endpoint, context, token), cancellationToken);

    /// <summary>Another probe of the run was answered.</summary>
    public static bool IsDone(Endpoint endpoint, ProbeContext context) => context.Shared.Done<KeyExchangeSurvey>(Key(endpoint)) is not null;

    private static string Key(Endpoint endpoint) => $"tls.key-survey|{endpoint.TargetId}";

    private static async Task<KeyExchangeSurvey> RunAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var suites = await SuiteSurvey.OfAsync(endpoint, context, cancellationToken);
        var dialogue = suites.Dialogue;
        var before = dialogue.Exchanges.ToHashSet<HelloExchange>(ReferenceEqualityComparer.Instance);
        VersionInquiry Inquiry(SuiteEnumeration of) => suites.Versions.Inquiries.Single(i => i.Version == of.Version);
        var modern = suites.Enumerations.FirstOrDefault(e => e.Version == ProtocolVersion.Tls13);
        var classic = suites.Enumerations.LastOrDefault(e => e.Version.Wire is >= 0x0300 and <= 0x0303);
        var groups = modern is null ? null : new Tls13GroupWalk(dialogue, Inquiry(modern), modern.Suites).RunAsync(cancellationToken);
        var keys = classic is null ? null : new ClassicKeyWalk(dialogue, Inquiry(classic), classic.Suites).RunAsync(cancellationToken);
        await Task.WhenAll(groups ?? Task.CompletedTask, keys ?? Task.CompletedTask);
        var (curves, schemes) = keys is null ? default : await keys;
        suites.Versions.Reconsider(dialogue);
        GroupEnumeration? Certain(GroupEnumeration? found) => dialogue.Contradicts && found is not null ? found with { IsWhole = false, IsWholeButFields = false, IsWithoutBroken = false } : found;
        return new KeyExchangeSurvey(suites)
        {
            Tls13Groups = groups is null ? null : Certain(await groups),
            Classic = classic?.Version,
            Curves = Certain(curves),
            Schemes = Certain(schemes),
            Walked = [.. dialogue.Exchanges.Where(e => !before.Contains(e))],
        };
    }
}
