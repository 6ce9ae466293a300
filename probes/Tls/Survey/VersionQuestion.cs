using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>"Do you offer this version?" as hellos that differ only in what they offer: the next is sent where the one before met no common suite.</summary>
internal sealed record VersionQuestion(ProtocolVersion Version, IReadOnlyList<LabelledHello> Hellos)
{
    private const int MediumLength = 300;

    /// <summary>All but the common ones, those still met first.</summary>
    private static IReadOnlyList<ushort> Others { get; } =
        [.. CipherSuites.Rare, .. SuiteCatalogue.Classic.Except([.. CipherSuites.Common, .. CipherSuites.Rare]), CipherSuites.RenegotiationInfoScsv];

    /// <summary>
    /// TLCP first and bare, because some TLCP stacks end on a TLS hello; then TLS 1.2, which most servers answer; then the others.
    /// </summary>
    public static IReadOnlyList<VersionQuestion> For(Endpoint endpoint)
    {
        var name = EndpointName.Sni(endpoint);
        return
        [
            Tlcp(name),
            Classic(ProtocolVersion.Tls12, name),
            Tls13(name),
            Classic(ProtocolVersion.Tls11, name),
            Classic(ProtocolVersion.Tls10, name),
            Ssl3(),
        ];
    }

    /// <summary>The bare hello is the only one every TLCP stack accepts: no extensions, record version 0x0101 (GB/T 38636-2020 §6.4.5.2.1).</summary>
    private static VersionQuestion Tlcp(string? name)
    {
        var bare = new ClientHello { RecordVersion = 0x0101, HelloVersion = 0x0101, Suites = CipherSuites.Tlcp };
        List<LabelledHello> hellos = [new("TLCPv1.1", bare)];
        if (name is not null)
        {
            hellos.Add(new("TLCPv1.1 SNI", bare with { ServerName = name }));
        }

        hellos.Add(new("TLCPv1.1 SM1", bare with { Suites = CipherSuites.TlcpLegacy }));
        return new VersionQuestion(ProtocolVersion.Tlcp11, hellos);
    }

    private static VersionQuestion Tls13(string? name) => new(ProtocolVersion.Tls13,
    [
        new("TLSv1.3", new ClientHello
        {
            RecordVersion = ProtocolVersion.Tls10.Wire,
            HelloVersion = ProtocolVersion.Tls12.Wire,
            Suites = CipherSuites.Tls13,
            ServerName = name,
            Groups = HelloNumbers.Groups,
            SignatureAlgorithms = HelloNumbers.SignatureAlgorithms,
            SupportedVersions = [ProtocolVersion.Tls13.Wire],
            EmptyKeyShare = true,
        }),
    ]);

    /// <summary>Everything at once, because many stacks turn SSL 3.0 away with the alert that also means "no such suite".</summary>
    private static VersionQuestion Ssl3()
    {
        var question = Classic(ProtocolVersion.Ssl3, null);
        var common = question.Hellos[0].Hello;
        var everything = common with { Suites = [.. CipherSuites.Common, .. Others] };
        return question with { Hellos = [new(ProtocolVersion.Ssl3.Name, everything) { Plainer = common, OffersEverything = true }, .. question.Hellos.Skip(1)] };
    }

    private static VersionQuestion Classic(ProtocolVersion version, string? name)
    {
        var common = new ClientHello
        {
            RecordVersion = Math.Min(version.Wire, ProtocolVersion.Tls10.Wire),
            HelloVersion = version.Wire,
            Suites = [.. CipherSuites.Common, CipherSuites.RenegotiationInfoScsv],
        };
        if (version.Wire > ProtocolVersion.Ssl3.Wire)
        {
            common = common with { ServerName = name, Groups = HelloNumbers.ClassicGroups, PointFormats = true };
        }

        if (version.Wire >= ProtocolVersion.Tls12.Wire)
        {
            common = common with { SignatureAlgorithms = HelloNumbers.SignatureAlgorithms };
        }

        // One hello of a length that hangs some load balancers (RFC 7685 §1): costs nothing where it does not.
        var first = version == ProtocolVersion.Tls11
            ? new LabelledHello(version.Name, common with { PadTo = MediumLength }) { Plainer = common }
            : new LabelledHello(version.Name, common);

        var rare = common with { Suites = [.. CipherSuites.Rare, CipherSuites.RenegotiationInfoScsv] };
        var unsigned = common with { Suites = [.. CipherSuites.Unsigned, CipherSuites.RenegotiationInfoScsv] };
        var others = new LabelledHello($"{version.Name} other suites", common with { Suites = Others }) { Plainer = rare };
        return new VersionQuestion(version, [first, others, new($"{version.Name} unsigned suites", unsigned) { IsForTrouble = true }]);
    }
}

/// <param name="Label">For the transcript.</param>
internal sealed record LabelledHello(string Label, ClientHello Hello)
{
    /// <summary>The same question without what might disturb; asked where this one met no answer.</summary>
    public ClientHello? Plainer { get; init; }

    /// <summary>Asked only behind an internal_error: offers nothing the server has to sign for.</summary>
    public bool IsForTrouble { get; init; }

    /// <summary>No hello of the question offers a suite that this one does not.</summary>
    public bool OffersEverything { get; init; }
}
