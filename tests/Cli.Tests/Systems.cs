using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>Systems to look at, and the files that describe them.</summary>
internal static class Systems
{
    public const string GoodHeaders = """
        add_header Strict-Transport-Security "max-age=31536000" always; add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'self'" always;
        add_header X-Frame-Options SAMEORIGIN always; add_header X-Content-Type-Options nosniff always; server_tokens off;
        """;

    /// <summary>One rule that a usual nginx meets.</summary>
    public static string SmallRules(TemporaryFolder folder)
    {
        folder.Write("small-rules/tls/small.yaml", """
            ruleset: small
            version: "1"
            title: 小规则集
            pillar: tls
            requirements:
            - id: SMALL-01
              title: 应支持 TLS 1.2
              basis: [{standard: 测试, clause: "1", confidence: 已核}]
              severity: critical
              observes: tls.protocol-versions
              satisfiedWhen: {field: tls12, equals: true}
              explain: "{target} 不支持 TLS 1.2"
              remedy: 开启
              examples:
                符合: [{tls12: true}]
                不符合: [{tls12: false}]
                待人工: [{}]

            """);
        return folder.File("small-rules");
    }

    public static string Candidate(TemporaryFolder folder, string address, string more = "", string name = "candidate.yaml") => folder.Write(name, $"""
        candidate: portal
        name: 门户
        kind: website
        classified: false
        endpoints:
        - id: web
          address: {address}
        {more}
        """);

    /// <summary>Takes connections and says nothing.</summary>
    public static ScriptedServer Tarpit() => new(c => c.LingerAsync());

    public static ScriptedServer Http(string head) => new(async c =>
    {
        _ = await c.Stream.ReadAtLeastAsync(new byte[8192], 1, throwOnEndOfStream: false, c.Stop);
        await c.SendAsync(Encoding.UTF8.GetBytes($"{head}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
    });
}
