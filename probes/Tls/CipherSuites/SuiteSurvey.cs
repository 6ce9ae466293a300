using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The suites of every version a port was proven to offer; shared by the probes that read them or their flights.</summary>
/// <param name="Versions">What came before; its exchanges are of the dialogue too.</param>
/// <param name="Enumerations">One a proven version, in the order of <see cref="ProtocolVersion.All"/>.</param>
/// <param name="Dialogue">With every exchange so far.</param>
internal sealed record SuiteSurvey(VersionSurvey Versions, IReadOnlyList<SuiteEnumeration> Enumerations, PortDialogue Dialogue)
{
    /// <summary>Exchanges behind those of the version survey, in the order opened.</summary>
    public required IReadOnlyList<HelloExchange> Walked { get; init; }

    /// <summary>Every version from SSL 3.0 on is decided, and of each that is offered every suite is known.</summary>
    public bool IsWhole => Versions.Inquiries.All(i =>
        i.Decide(Versions.Selected) is { } isOffered && (!isOffered || Enumerations.Any(e => e.Version == i.Version && e.IsWhole)));

    /// <summary>The answered hello of a version that carried <see cref="HelloRiders"/>; null where the port took none.</summary>
    public HelloExchange? Ridden(ProtocolVersion version) => Walked.FirstOrDefault(e =>
        e is { Hello: { } hello, Reply: Selected { Flight: { IsWhole: true, Hello.Version: var selected } } }
        && selected == version.Wire && HelloRiders.Carries(hello));

    /// <summary>What the port answered to that hello.</summary>
    public (HelloExchange? Exchange, ServerHello? Hello) Answer(ProtocolVersion version) =>
        Ridden(version) is { Reply: Selected { Flight.Hello: var hello } } ridden ? (ridden, hello) : default;

    /// <summary>Whether it is certain that no suite of this kind is offered below TLS 1.3: every list whole, every suite known by name.</summary>
    /// <param name="isMeant">Of what the suite's name says.</param>
    public bool HasNone(Func<SuiteTraits, bool> isMeant) =>
        Versions.Inquiries.Where(i => i.Version != ProtocolVersion.Tls13).All(i => i.Decide(Versions.Selected) switch
        {
            false => true,
            true => Enumerations.Any(e => e.Version == i.Version && e.IsWhole
                && e.Suites.Select(SuiteTraits.Of).All(s => s.IsRecognised && !isMeant(s))),
            null => false,
        });

    /// <summary>Asks the endpoint, or hands out what another probe of the run was answered.</summary>
    public static Task<SuiteSurvey> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync(Key(endpoint), token => RunAsync(endpoint, context, token), cancellationToken);

    /// <summary>What another probe of the run was answered; null where none asked or none got through. Opens no connection.</summary>
    public static SuiteSurvey? Done(Endpoint endpoint, ProbeContext context) => context.Shared.Done<SuiteSurvey>(Key(endpoint));

    private static string Key(Endpoint endpoint) => $"tls.suite-survey|{endpoint.TargetId}";

    /// <summary>A list is only as whole as its end is certain.</summary>
    private static SuiteEnumeration Reconsidered(SuiteEnumeration found, PortDialogue dialogue) =>
        found.IsWhole && (dialogue.Contradicts || (found.RestsOn is { } door && (door.Hard ? dialogue.ResetsMeanNothing : dialogue.ClosesMeanNothing)))
            ? found with { IsWhole = false, Trouble = "同样的询问有时得到应答、有时被拒绝或断开，拒绝不能作准" }
            : found;

    private static async Task<SuiteSurvey> RunAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var versions = await VersionSurvey.OfAsync(endpoint, context, cancellationToken);
        var dialogue = await PortDialogue.OfAsync(endpoint, context, cancellationToken);
        var proven = versions.Inquiries.Where(i => i.Last is Selected { Flight.Hello.Version: var version } && version == i.Version.Wire).ToList();

        // The version most likely to be healthy finds out how long a list may be; the others then need not.
        var leader = proven.LastOrDefault(i => i.Version.Wire is >= 0x0300 and <= 0x0303);
        var walks = proven.ConvertAll(i => (i.Version, IsLeader: i == leader, Walk: new SuiteWalk(dialogue, i)));
        var settled = walks.Find(w => w.IsLeader).Walk?.FirstAnswer ?? Task.CompletedTask;
        var enumerations = await Task.WhenAll(walks.Select(async w =>
        {
            if (!w.IsLeader && w.Version.Wire is >= 0x0300 and <= 0x0303)
            {
                await settled;
            }

            return await w.Walk.RunAsync(cancellationToken);
        }));
        var second = new SecondAsking(dialogue);
        if (second.IsDue(walks.ConvertAll(w => w.Version)))
        {
            for (var i = 0; i < enumerations.Length; i++)
            {
                enumerations[i] = await second.AskAsync(enumerations[i], enumerations[i].IsWhole ? walks[i].Walk.Refusals : [], cancellationToken);
            }
        }

        await new RefusedVersions(dialogue, versions).AskAgainAsync(cancellationToken);
        versions.Reconsider(dialogue);
        enumerations = Array.ConvertAll(enumerations, e => Reconsidered(e, dialogue));
        return new SuiteSurvey(versions, enumerations, dialogue) { Walked = [.. dialogue.Exchanges.Except(versions.Exchanges, ReferenceEqualityComparer.Instance).Cast<HelloExchange>()] };
    }
}
