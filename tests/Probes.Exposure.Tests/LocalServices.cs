using System.Diagnostics;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>Real services on free ports of 127.0.0.1, in folders of their own.</summary>
internal static class LocalServices
{
    private static readonly string? PostgresFolder = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => $"{d}/bin").Where(d => File.Exists($"{d}/initdb")).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>It refuses to run as root, which hands it to its own user; anybody else runs it as he is.</summary>
    private static readonly bool IsRoot = Environment.UserName == "root";

    /// <exception cref="InvalidOperationException">Missing where CI=true.</exception>
    public static bool IsPostgresMissing() => RequiredTool.IsMissing("initdb（postgresql）", PostgresFolder);

    public static async Task<Service> RedisAsync(params IReadOnlyList<string> more) =>
        await StartAsync(_ => { }, "redis-server", (port, _) => ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", .. more]);

    public static async Task<Service> MemcachedAsync() =>
        await StartAsync(_ => { }, "memcached", (port, _) => ["-p", $"{port}", "-l", "127.0.0.1", "-U", "0", "-u", "nobody"]);

    /// <param name="password">Of root; empty for none.</param>
    public static async Task<Service> MariaDbAsync(string password) => await StartAsync(
        folder => Run("mariadb-install-db", "--no-defaults", $"--datadir={folder.File("data")}", "--auth-root-authentication-method=normal", "--user=root"),
        "mariadbd",
        (port, folder) => ["--no-defaults", "--user=root", $"--datadir={folder.File("data")}", $"--port={port}", $"--socket={folder.File("my.sock")}", "--bind-address=127.0.0.1", "--skip-name-resolve",
            $"--init-file={folder.Write("init.sql", $"ALTER USER root@'127.0.0.1' IDENTIFIED BY '{password}';\n")}"]);

    /// <param name="method">trust, md5, scram-sha-256 … for 127.0.0.1.</param>
    /// <param name="password">Of postgres.</param>
    public static async Task<Service> PostgresAsync(string method, string password) => await StartAsync(
        folder =>
        {
            folder.Write("password", password);
            IReadOnlyList<string> initdb = [$"{PostgresFolder}/initdb", "-D", folder.File("data"), "-U", "postgres", "--auth-host", method, $"--pwfile={folder.File("password")}"];
            if (IsRoot)
            {
                Run("chown", "-R", "postgres", folder.Path);
                Run("chmod", "711", folder.Path);
                initdb = ["-u", "postgres", "--", .. initdb];
            }

            Run(IsRoot ? "runuser" : initdb[0], [.. IsRoot ? initdb : initdb.Skip(1)]);
        },
        IsRoot ? "runuser" : $"{PostgresFolder}/postgres",
        (port, folder) => [.. IsRoot ? ["-u", "postgres", "--", $"{PostgresFolder}/postgres"] : Array.Empty<string>(), "-D", folder.File("data"), "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-k", folder.Path]);

    public static async Task<Service> FtpAsync(bool anonymous) => await StartAsync(
        folder => Directory.CreateDirectory(folder.File("empty")),
        "vsftpd",
        (port, folder) => [folder.Write("vsftpd.conf", $"listen=YES\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\nanonymous_enable={(anonymous ? "YES" : "NO")}\nlocal_enable=YES\nanon_root={folder.File("empty")}\nsecure_chroot_dir={folder.File("empty")}\nseccomp_sandbox=NO\n")]);

    private static async Task<Service> StartAsync(Action<TemporaryFolder> prepare, string program, Func<int, TemporaryFolder, IReadOnlyList<string>> arguments)
    {
        var folder = new TemporaryFolder();
        prepare(folder);
        var port = ChildServer.FreePort();
        var server = ChildServer.Start(program, arguments(port, folder));
        await server.UntilListeningAsync(port);
        return new Service(folder, server, port);
    }

    private static void Run(string program, params IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(RequiredTool.FullPath(program)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        arguments.ToList().ForEach(info.ArgumentList.Add);
        using var process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    internal sealed class Service(TemporaryFolder folder, ChildServer server, int port) : IDisposable
    {
        public int Port => port;

        public void Dispose()
        {
            server.Dispose();
            folder.Dispose();
        }
    }
}
