using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>How the sample system is kept.</summary>
public enum DemoVariant
{
    /// <summary>Expired self-signed certificate for another name, login page in clear, cookies and headers as they come.</summary>
    Careless,

    /// <summary>Certificate from a CA for the right name, TLS 1.2 and 1.3 only, headers set, port 80 only redirects, and an entrance of its own for SM browsers.</summary>
    WellRun,
}

/// <summary>A sample government-service system in this process, on free ports of 127.0.0.1.</summary>
public sealed class DemoSystem : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly DemoTlcpPortal? _tlcp;
    private readonly DemoSamples _samples;
    private readonly string _handedOver;
    private readonly ArchiveReceiver _receiver;
    private readonly string _flowYaml;

    private DemoSystem(WebApplication application, DemoVariant variant, DemoIdentity? identity, DemoTlcpPortal? tlcp, DemoSamples samples, DemoArchiving archiving, (ArchiveReceiver Archive, string Token) receiver, TimeProvider clock)
    {
        Archiving = archiving;
        _receiver = receiver.Archive;
        _handedOver = samples.Folder("archive");
        DemoArchiving.HandOver(variant, clock, _handedOver);
        _application = application;
        _tlcp = tlcp;
        _samples = samples;
        Variant = variant;
        Trust = identity is null || tlcp is null ? TrustMaterial.None : new TrustMaterial
        {
            Anchors = [new SuppliedFile("演示根证书", identity.Root), new SuppliedFile("演示国密根证书", tlcp.Root)],
            RevocationLists = [new SuppliedFile("演示撤销列表", identity.RevocationList), new SuppliedFile("演示国密撤销列表", tlcp.RevocationList)],
        };
        var ports = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(a => new Uri(a)).ToDictionary(u => u.Scheme, u => u.Port, StringComparer.Ordinal);
        HttpsPort = ports["https"];
        HttpPort = ports["http"];
        _flowYaml = FlowSamples.Write(samples, HttpsPort, _receiver.Address);
        FlowVariables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DEMO_ARCHIVE_PASSWORD"] = archiving.Administrator.Password, ["DEMO_ARCHIVE_PASSWORD2"] = archiving.Clerk.Password, ["DEMO_RECEIVER_TOKEN"] = receiver.Token,
        };
    }

    /// <summary>What its flow file takes from the environment, by name.</summary>
    public IReadOnlyDictionary<string, string> FlowVariables { get; }

    public DemoVariant Variant { get; }

    public int HttpsPort { get; }

    public int HttpPort { get; }

    /// <summary>Accounts and files of its archiving function, whose pages stand under <c>/archive</c>.</summary>
    public DemoArchiving Archiving { get; }

    /// <summary>The demonstration CAs, made anew at each start; nothing for the careless variant, which has none.</summary>
    public TrustMaterial Trust { get; }

    public static async Task<DemoSystem> StartAsync(DemoVariant variant, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        // Neither appsettings.json of the folder we were started in nor the environment opens another port.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        var identity = variant == DemoVariant.WellRun ? DemoCertificates.WellRun(clock) : null;
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, identity, clock));
        var application = builder.Build();
        DemoPages.Map(application, variant);
        var archiving = DemoArchiving.Map(application, variant, clock);
        await application.StartAsync(cancellationToken);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        // Returned once, so that the pages have to show it, and then looked at as archives do.
        var options = new ReceiverOptions { Token = token, Answers = [new(ReceiverAnswerKind.Return, "演练：请补正后重新移交"), new(ReceiverAnswerKind.Check)] };
        var receiver = await ArchiveReceiver.StartAsync(options, clock, _ => { }, cancellationToken);
        var system = new DemoSystem(application, variant, identity, identity is null ? null : new DemoTlcpPortal(clock), DemoSamples.Create(variant, NameOf(variant), clock), archiving, (receiver, token), clock);
        DemoPages.Know(application, system.HttpsPort);
        return system;
    }

    /// <summary>candidate.yaml of the sample system.</summary>
    public string CandidateYaml => $"""
        # 演示系统（进程内，只在 127.0.0.1 上）
        candidate: demo-{(Variant == DemoVariant.Careless ? "careless" : "well-run")}
        name: {NameOf(Variant)}
        ownerUnit: 演示业主单位
        builder: 演示承建单位
        kind: government-service
        protectionLevel: 3
        cryptoLevel: 3
        classified: false
        deployment: government-cloud
        profile: luojiang-2025
        endpoints:
        - id: portal
          title: 门户
          address: https://127.0.0.1:{HttpsPort}/login
        - id: portal-http
          title: 门户(明文端口)
          address: http://127.0.0.1:{HttpPort}/login
        {TlcpEndpoint}{PackageYaml}{_samples.Yaml}{_samples.SourceYaml}{_flowYaml}{_samples.ProtectionYaml}{_samples.PaperYaml}
        """.ReplaceLineEndings("\n");

    /// <summary>What the archiving function handed over.</summary>
    private string PackageYaml => $"""
        archivePackages:
        - id: handed-over
          title: 归档移交的办件
          path: {_handedOver}
          profile: p-zwfw
          stage: gd

        """.ReplaceLineEndings("\n");

    private string TlcpEndpoint => _tlcp is null ? "" : $"""
        - id: portal-sm
          title: 门户(国密入口)
          address: https://127.0.0.1:{_tlcp.Port}/login

        """.ReplaceLineEndings("\n");

    public async ValueTask DisposeAsync()
    {
        if (_tlcp is not null)
        {
            await _tlcp.DisposeAsync();
        }

        await _receiver.DisposeAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _samples.Dispose();
        Archiving.Dispose();
    }

    private static string NameOf(DemoVariant variant) => variant == DemoVariant.Careless ? "演示政务服务系统(疏于管理)" : "演示政务服务系统(管理规范)";

    private static void Listen(KestrelServerOptions kestrel, DemoIdentity? identity, TimeProvider clock)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPAddress.Loopback, 0);
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = identity?.Leaf ?? DemoCertificates.Careless(clock);
            https.SslProtocols = identity is null ? OldProtocols : SslProtocols.Tls12 | SslProtocols.Tls13;
        }));
    }

    /// <summary>What a careless system leaves open; current platforms refuse the old ones whatever is asked.</summary>
#pragma warning disable CA5397, CA5398, SYSLIB0039, S4423 // the sample is meant to be weak
    private static SslProtocols OldProtocols => SslProtocols.Tls | SslProtocols.Tls11 | SslProtocols.Tls12;
#pragma warning restore CA5397, CA5398, SYSLIB0039, S4423
}
