using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A question about TLS 1.0 to 1.2, asked at the highest of them that the port proved: what follows is a matter of the library behind
/// the port, not of the version.
/// </summary>
/// <typeparam name="TRecord">The record of the observation.</typeparam>
public abstract class ClassicProbe<TRecord> : Probe<Endpoint, TRecord>
    where TRecord : class
{
    private const string NoClassicVersion = "端口不提供 TLS 1.0–1.2，这里问的事只在这些版本里有";

    public sealed override NotNeeded? Spares(Target target) =>
        target is Endpoint { Protocol: EndpointProtocol.Http } ? new NotNeeded("明文 HTTP 端点，没有传输层密码协议") : null;

    /// <summary>Only what the answers to the walk over versions and suites settle; no connection is opened for this.</summary>
    protected sealed override ProbeOutcome? ConcludeGently(Endpoint target, ProbeContext context)
    {
        if (SuiteSurvey.Done(target, context) is not { Versions.ShowsTls: true } suites)
        {
            return null;
        }

        var decisions = suites.Versions.Inquiries.ToDictionary(i => i.Version, i => i.Decide(suites.Versions.Selected));
        if (Array.TrueForAll(ClassicPort.Versions, v => decisions[v] == false))
        {
            return new NotNeeded(NoClassicVersion);
        }

        return Array.Find(ClassicPort.Versions, v => decisions[v] == true) is { } version
            ? ConcludeFrom(new ClassicPort(target, context, version, suites.Versions), suites)
            : null;
    }

    /// <summary>What the walk settles; null = the question has to be put.</summary>
    private protected virtual ProbeOutcome? ConcludeFrom(ClassicPort port, SuiteSurvey suites) => null;

    protected sealed override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        var survey = await VersionSurvey.OfAsync(target, context, cancellationToken);
        if (!survey.ShowsTls)
        {
            throw survey.Explain(target);
        }

        var decisions = survey.Inquiries.ToDictionary(i => i.Version, i => i.Decide(survey.Selected));
        if (Array.Find(ClassicPort.Versions, v => decisions[v] == true) is { } version)
        {
            return await ObserveAsync(new ClassicPort(target, context, version, survey), cancellationToken);
        }

        return Array.TrueForAll(ClassicPort.Versions, v => decisions[v] == false)
            ? new NotNeeded(NoClassicVersion)
            : throw new UnableException(FailureKind.BadInput, $"{target.Authority} 有没有 TLS 1.0–1.2 没有断定，无从问起");
    }

    private protected abstract Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken);

    /// <summary>Wraps the record with the bytes it was read from.</summary>
    private protected Observed Saw(ClassicPort port, TRecord record, params IReadOnlyList<HelloExchange> exchanges) =>
        Saw(port.Endpoint, port.Context, record, FlightTranscript.Save(Manifest.Id, port.Endpoint, port.Context, exchanges));
}

/// <summary>A port that proved a version of TLS up to 1.2.</summary>
/// <param name="Endpoint">Of the candidate.</param>
/// <param name="Context">Dials.</param>
/// <param name="Version">The highest proven one up to TLS 1.2.</param>
/// <param name="Survey">What it answered.</param>
internal sealed record ClassicPort(Endpoint Endpoint, ProbeContext Context, ProtocolVersion Version, VersionSurvey Survey)
{
    /// <summary>The highest first.</summary>
    public static ProtocolVersion[] Versions { get; } = [ProtocolVersion.Tls12, ProtocolVersion.Tls11, ProtocolVersion.Tls10];

    public ClassicClient Client => new(Context, Endpoint);

    /// <summary>A hello of the version that the port answered.</summary>
    public ClientHello AnsweredHello => Survey.Inquiries.First(i => i.Version == Version).Asked.Hello;

    public Task<HelloExchange> AskAsync(string label, ClientHello hello, CancellationToken cancellationToken) =>
        new HelloCaller(Context, Endpoint).AskAsync(label, hello, cancellationToken);

    /// <summary>A whole handshake with nothing wrong in it, as a control for those that have; with this suite where we speak it, else with any.</summary>
    public ClassicOffer InOrder(ushort suite)
    {
        var offer = new ClassicOffer { Label = "control", Version = Version.Wire };
        return ClassicSuite.Find(suite) is null ? offer : offer with { Suites = [suite] };
    }

    /// <summary>Up to ServerHelloDone, with suites the port has one of.</summary>
    public ClassicOffer UpToFlight(string label) =>
        new() { Label = label, Version = Version.Wire, StopsAtFlight = true, Suites = AnsweredHello.Suites, SignalsRenegotiation = false };
}
