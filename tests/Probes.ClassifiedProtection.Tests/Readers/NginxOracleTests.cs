using System.Globalization;
using System.Net;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What a real nginx answers, beside what is said of its configuration: whoever is said to redirect or to be limited serves nothing.</summary>
public sealed class NginxOracleTests
{
    private static readonly string[] Paths = ["/", "/app/", "/old", "/old/x", "/app/x.php", "/nginx_status", "/a%20b"];

    /// <summary>P is a port in clear, S one with TLS.</summary>
    private static readonly (string Server, string Rule, bool IsGood)[] Servers =
    [
        ("listen P; return 301 https://$host$request_uri;", "NGX-04", true),
        ("listen P; listen S ssl; if ($scheme = http) { return 301 https://$host$request_uri; }", "NGX-04", true),
        ("listen P; if ($host = h.example.cn) { return 301 https://$host$request_uri; } return 404;", "NGX-04", true),
        ("listen P; location / { return 301 https://$host$request_uri; }", "NGX-04", true),
        ("listen P; rewrite ^(.*)$ https://$host$1 permanent;", "NGX-04", true),
        ("listen P; return https://h.example.cn/;", "NGX-04", true),
        ("listen P; return 444;", "NGX-04", true),
        ("listen P; listen S ssl;", "NGX-04", false),
        ("listen P; location /old { return 301 https://$host$request_uri; }", "NGX-04", false),
        ("listen P; rewrite ^/old https://h.example.cn/ redirect;", "NGX-04", false),
        ("listen P; break; return 301 https://$host$request_uri;", "NGX-04", false),
        ("listen P; rewrite ^/a /app/index.html last; return 301 https://$host$request_uri;", "NGX-04", false),
        ("listen P; error_page 404 =200 /app/index.html; return 404;", "NGX-04", true),
        ("listen P; error_page 404 = @app; return 404; location @app { try_files /app/index.html =500; }", "NGX-04", false),
        ("listen P; error_page 301 =200 @app; return 301 https://$host$request_uri; location @app { try_files /app/index.html =500; }", "NGX-04", false),
        ("listen P; error_page 404 =200 /app/index.html; location / { return 404; } location /app { root ROOT; }", "NGX-04", false),
        ("listen P; error_page 404 =200 /app/index.html; location / { return 404; }", "NGX-04", true),
        ("listen P; location / { return 404; } location /app { root ROOT; }", "NGX-04", false),
        ("listen P; location / { return 301 https://$host$request_uri; location /app { root ROOT; } }", "NGX-04", false),
        ("listen P; location /nginx_status { stub_status; deny all; allow 127.0.0.0/8; }", "NGX-07", true),
        ("listen P; location /nginx_status { stub_status; allow 10.0.0.0/8; deny all; allow all; }", "NGX-07", true),
        ("listen P; location /nginx_status { stub_status; auth_basic x; auth_basic_user_file ROOT/none; }", "NGX-07", true),
        ("listen P; location /nginx_status { stub_status; satisfy any; deny all; auth_basic x; auth_basic_user_file ROOT/none; }", "NGX-07", true),
        ("listen P; deny all; location /nginx_status { stub_status; }", "NGX-07", true),
        ("listen P; location /nginx_status { stub_status; allow 0.0.0.0/0; deny all; }", "NGX-07", false),
        ("listen P; location /nginx_status { stub_status; auth_basic x; }", "NGX-07", false),
        ("listen P; location /nginx_status { return 200 x; deny all; }", "NGX-07", false),
        ("listen P; location /nginx_status { stub_status; deny all; satisfy any; allow all; }", "NGX-07", true),
        ("listen P; location /nginx_status { stub_status; satisfy any; allow all; auth_basic x; auth_basic_user_file ROOT/none; }", "NGX-07", false),
    ];

    [SkippableFact]
    public async Task Nobody_said_to_be_closed_answers()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var folder = new TemporaryFolder();
        folder.Write("www/index.html", "page");
        folder.Write("www/app/index.html", "page");
        folder.Write("www/none", "");
        var (certificate, key) = TestCertificates.Ecdsa().WriteTo(folder);
        var ports = Servers.Select(_ => ChildServer.FreePort()).ToList();
        var servers = Servers.Zip(ports).Select(s => $"server {{ {s.First.Server.Replace("listen P", $"listen 127.0.0.1:{s.Second}", StringComparison.Ordinal).Replace("listen S", $"listen 127.0.0.1:{ChildServer.FreePort()}", StringComparison.Ordinal).Replace("ROOT", folder.File("www"), StringComparison.Ordinal)} }}\n").ToList();
        var configuration = folder.Write("nginx.conf", $"daemon off; master_process off; pid {folder.File("pid")}; error_log {folder.File("error.log")};\nevents {{ }}\nhttp {{\nroot {folder.File("www")}; access_log off; ssl_certificate {certificate}; ssl_certificate_key {key};\n"
            + string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(n => $"{n}_temp_path {folder.File(n)};\n")) + string.Concat(servers) + "}\n");
        using var server = ChildServer.Start("nginx", "-p", folder.Path, "-e", folder.File("start.log"), "-c", configuration);
        await server.UntilListeningAsync(ports[^1]);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var wrong = new StringBuilder();
        foreach (var ((_, rule, isGood), text, port) in Servers.Zip(servers, ports))
        {
            // The server under test listens on the loopback alone, which is nobody's network; it stands for one of the network.
            var verdict = Verdicts.Of(rule, new NginxProbe().Read(new MadeHost().File("/etc/nginx/nginx.conf", $"http {{\n{text.Replace("listen 127.0.0.1:", "listen 10.0.0.5:", StringComparison.Ordinal)}}}\n")).Record!);
            var answers = new List<string>();
            foreach (var path in rule == "NGX-07" ? ["/nginx_status"] : Paths)
            {
                answers.Add(await AskAsync(client, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}")));
            }

            if (verdict != (isGood ? "符合" : "不符合") || answers.Contains("served") == isGood)
            {
                wrong.Append(text.Trim()).Append(' ').Append(verdict).Append(' ').AppendJoin(',', answers).Append('\n');
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static async Task<string> AskAsync(HttpClient client, string address)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            return answer.StatusCode is HttpStatusCode.OK || (answer.Headers.Location is { } to && to.Scheme != "https") ? "served" : "closed";
        }
        catch (HttpRequestException)
        {
            return "closed";
        }
    }
}
