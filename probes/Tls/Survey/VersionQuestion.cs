using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>"Do you offer this version?" as hellos that differ only in what they offer: the next is sent where the one before met no common suite.</summary>
internal sealed record VersionQuestion(ProtocolVersion Version, IReadOnlyList<LabelledHello> Hellos)
{
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
            Classic(ProtocolVersion.Ssl3, name),
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

        var rare = common with { Suites = [.. CipherSuites.Rare, CipherSuites.RenegotiationInfoScsv] };
        return new VersionQuestion(version, [new(version.Name, common), new($"{version.Name} rare suites", rare)]);
    }
}

/// <param name="Label">For the transcript.</param>
internal sealed record LabelledHello(string Label, ClientHello Hello);
