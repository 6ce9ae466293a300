using SmartCity.SecurityCheck.Demo;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>TLCP servers of our own, with certificates made once.</summary>
internal static class TlcpServers
{
    private static readonly Lazy<TlcpServerIdentity> Made = new(() =>
    {
        using var authority = new Sm2Authority("Test SM2 CA", TimeProvider.System);
        return authority.IssuePair("gov.test.lab");
    });

    public static TlcpServerIdentity Identity => Made.Value;

    public static TlcpServer Start(TlcpDefect defect = TlcpDefect.None, RecordLayout layout = RecordLayout.OnePerMessage, ClientCertificates clients = ClientCertificates.NotAsked, params IReadOnlyList<ushort> suites) =>
        new(new TlcpServerOptions
        {
            Identity = Identity,
            Defect = defect,
            Layout = layout,
            ClientCertificates = clients,
            Suites = suites.Count > 0 ? suites : [0xE053, 0xE013],
        });
}
