using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>Probe contexts with real sockets and programs, and evidence kept in memory.</summary>
public static class ProbeContexts
{
    /// <summary>A context whose scope is exactly these targets.</summary>
    public static ProbeContext For(KeptEvidence evidence, params IReadOnlyList<Target> targets) =>
        For(evidence, Redactor.None, targets);

    public static ProbeContext For(KeptEvidence evidence, Redactor redactor, params IReadOnlyList<Target> targets)
    {
        var scope = Scope.Of(new Candidate
        {
            Id = "test",
            Name = "测试系统",
            Kind = SystemKind.Other,
            IsClassified = false,
            Endpoints = [.. targets.OfType<Endpoint>()],
            Hosts = [.. targets.OfType<Host>()],
            Exposure = [.. targets.OfType<ExposedHost>()],
        });
        var tools = new ProcessToolRunner();
        return new ProbeContext
        {
            Scope = scope,
            Dialer = new SocketDialer(scope),
            Tools = tools,
            Shells = new SshShellAccess(tools, scope),
            Evidence = evidence,
            Redactor = redactor,
            Clock = TimeProvider.System,
            Log = NullLogger.Instance,
            Shared = new SharedWork(),
        };
    }

    /// <summary>An endpoint of 127.0.0.1.</summary>
    public static Endpoint Local(int port, EndpointProtocol protocol = EndpointProtocol.Https, string? serverName = null) =>
        new() { Id = "local", Host = "127.0.0.1", Port = port, Protocol = protocol, ServerName = serverName };
}

/// <summary>Evidence as it would lie in the pack, by path.</summary>
public sealed class KeptEvidence(Redactor? redactor = null) : IEvidenceStore
{
    private readonly DescribingEvidenceStore _describing = new(redactor ?? Redactor.None);
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    public Evidence Save(EvidenceDraft draft)
    {
        var evidence = _describing.Save(draft);
        _files[evidence.RelativePath] = (redactor ?? Redactor.None).Redact(draft.Bytes.Span, draft.MediaType).Bytes;
        return evidence;
    }
}
