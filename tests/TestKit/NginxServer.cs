namespace SmartCity.SecurityCheck.TestKit;

/// <summary>nginx on a free port of 127.0.0.1 with one TLS server block.</summary>
public sealed class NginxServer : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ChildServer _process;

    private NginxServer(TemporaryFolder folder, ChildServer process, int port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <param name="certificate">Sent to every client.</param>
    /// <param name="protocols">Value of ssl_protocols.</param>
    /// <param name="directives">More lines of the server block.</param>
    /// <param name="tls">False: plain HTTP.</param>
    public static async Task<NginxServer> StartAsync(
        TestCertificate certificate, string protocols = "TLSv1.2 TLSv1.3", string directives = "", bool tls = true)
    {
        var folder = new TemporaryFolder();
        var (certificatePath, keyPath) = certificate.WriteTo(folder);
        var port = ChildServer.FreePort();
        var ssl = tls ? $"ssl_certificate {certificatePath}; ssl_certificate_key {keyPath}; ssl_protocols {protocols};" : string.Empty;
        var configuration = folder.Write("nginx.conf", $$"""
            daemon off; master_process off; pid {{folder.File("nginx.pid")}}; error_log {{folder.File("error.log")}};
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path {{folder.File("body")}}; proxy_temp_path {{folder.File("proxy")}}; fastcgi_temp_path {{folder.File("fastcgi")}};
              uwsgi_temp_path {{folder.File("uwsgi")}}; scgi_temp_path {{folder.File("scgi")}};
              server {
                listen 127.0.0.1:{{port}} {{(tls ? "ssl" : "")}}; server_name localhost; {{ssl}}
                {{directives}}
                location / { return 200 "ok"; }
              }
            }
            """);
        var process = ChildServer.Start("nginx", "-p", folder.Path, "-e", folder.File("start.log"), "-c", configuration);
        try
        {
            await process.UntilListeningAsync(port);
            return new NginxServer(folder, process, port);
        }
        catch
        {
            process.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }
}
