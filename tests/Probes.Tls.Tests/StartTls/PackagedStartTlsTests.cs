using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Mail and directory servers as distributions package them, both with GnuTLS, which closes where others send an alert.</summary>
public sealed class PackagedStartTlsTests
{
    private static readonly string[] EximFolders = ["/usr/sbin/exim4"];
    private static readonly string[] Decided = ["ssl2", "ssl3", "tls12", "tls13", "tlcp11", "smTls13"];

    [SkippableFact]
    public async Task Exim_is_read_behind_STARTTLS()
    {
        Skip.If(RequiredTool.IsMissing("exim4", EximFolders.FirstOrDefault(File.Exists)) || RequiredTool.IsRootMissing());
        using var folder = new TemporaryFolder();
        var (certificate, key) = TestCertificates.Rsa().WriteTo(folder);
        var spool = Directory.CreateDirectory(folder.File("spool")).FullName;

        // It gives its rights up and has to reach these all the same.
        Allow(folder.Path, "755");
        Allow(spool, "777");
        Allow(key, "644");
        var port = ChildServer.FreePort();
        var configuration = folder.Write("exim.conf", string.Create(CultureInfo.InvariantCulture, $"""
            keep_environment =
            spool_directory = {spool}
            log_file_path = {spool}/log-%s
            pid_file_path = {spool}/pid
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = {port}
            tls_advertise_hosts = *
            tls_certificate = {certificate}
            tls_privatekey = {key}
            primary_hostname = mail.test
            begin acl

            """));
        using var server = ChildServer.Start("exim4", "-bdf", "-C", configuration);
        await server.UntilListeningAsync(port);
        var (dialogue, versions, suites) = await SeenAsync(port, StartTlsProtocol.Smtp);

        Assert.True(dialogue.GetProperty("handshakeFollows").GetBoolean(), $"{dialogue}");
        Assert.False(dialogue.GetProperty("injectedCommandAnswered").GetBoolean(), $"{dialogue}");
        Assert.All(Decided, field => Assert.True(versions.TryGetProperty(field, out _), $"{field}: {versions}"));
        Assert.True(suites.GetProperty("isWhole").GetBoolean(), $"{suites}");
    }

    [SkippableFact]
    public async Task Slapd_is_read_behind_STARTTLS()
    {
        Skip.If(RequiredTool.IsMissing("slapd"));
        using var folder = new TemporaryFolder();
        var (certificate, key) = TestCertificates.Rsa().WriteTo(folder);
        var data = Directory.CreateDirectory(folder.File("data")).FullName;
        var port = ChildServer.FreePort();
        var configuration = folder.Write("slapd.conf", string.Create(CultureInfo.InvariantCulture, $"""
            include /etc/ldap/schema/core.schema
            pidfile {folder.File("pid")}
            TLSCertificateFile {certificate}
            TLSCertificateKeyFile {key}
            modulepath /usr/lib/ldap
            moduleload back_mdb
            database mdb
            suffix dc=test
            directory {data}

            """));
        using var server = ChildServer.Start("slapd", "-d", "0", "-h", string.Create(CultureInfo.InvariantCulture, $"ldap://127.0.0.1:{port}/"), "-f", configuration);
        await server.UntilListeningAsync(port);
        var (dialogue, versions, suites) = await SeenAsync(port, StartTlsProtocol.Ldap);

        Assert.True(dialogue.GetProperty("announced").GetBoolean(), $"{dialogue}");
        Assert.True(dialogue.GetProperty("handshakeFollows").GetBoolean(), $"{dialogue}");
        Assert.All(Decided, field => Assert.True(versions.TryGetProperty(field, out _), $"{field}: {versions}"));
        Assert.True(suites.GetProperty("isWhole").GetBoolean(), $"{suites}");
    }

    private static async Task<(JsonElement Dialogue, JsonElement Versions, JsonElement Suites)> SeenAsync(int port, StartTlsProtocol protocol)
    {
        var endpoint = ProbeContexts.Local(port, EndpointProtocol.Tls, "localhost") with { StartTls = protocol };
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);

        async Task<JsonElement> OfAsync(IProbe probe) =>
            Assert.Single(Assert.IsType<Observed>(await probe.ObserveAsync(endpoint, context, CancellationToken.None)).Observations).Data;
        return (await OfAsync(new StartTlsProbe()), await OfAsync(new ProtocolVersionsProbe()), await OfAsync(new CipherSuitesProbe()));
    }

    private static void Allow(string path, string mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }
}
