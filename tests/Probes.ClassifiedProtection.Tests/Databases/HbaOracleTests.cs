using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Lines of pg_hba.conf read by a real server and by us.</summary>
public sealed class HbaOracleTests
{
    private static readonly string[] Lines =
    [
        "local all all \"trust\"", "host all all 0.0.0.0/0 \"trust\"", "host all all 0/0 md5", "host all all 1.2.3.4/0 scram-sha-256", "host all all 127.0.0.1/0 trust", "host all all 10/8 md5",
        "host all, postgres all 0.0.0.0/0 trust", "host all,postgres all 10.0.0.0/8 md5", "host all ,postgres 10.0.0.0/8 md5", "host a,b c,  d ::/0 reject", "host all all 127.0.0.1 0.0.0.0 md5", "host all all 10.1.2.3 255.0.255.0 md5",
        "host all all samenet md5", "host all all samehost md5", "host all all all md5", "host all all ALL md5", "host all all .example.cn md5", "host all all . md5", "hostnogssenc all all ::1/128 md5",
        "host all all ::/0 md5", "host all all ::1/0 md5", "host all all 0x0/0 md5", "host all all 0.0.0.0 md5", "Host all all 0.0.0.0/0 md5", "host all all 0.0.0.0/0 Trust", "host all all 0.0.0.0/0 MD5",
        "local all all ident", "local all all \\\n trust", "local all", "host all all 0.0.0.0/33 md5", "host all all db.example.cn/24 md5", "local all \"a#b\" peer # x", "local \"\" all peer", "local \"a\"\"b\" all peer", "host all all 10.0.0.0/8,11.0.0.0/8 md5",
        "host all all 10.0.0.0/8 md5,trust", "include /etc/x", "host all all 10.0.0.0/8\tident map=x", "host all all 192.168.1.0/0255 md5", "host all all ::ffff:0:0/96 md5", "host all all localhost md5",
    ];

    [SkippableFact]
    public async Task Every_line_means_what_the_server_takes_it_for()
    {
        Skip.If(RequiredTool.IsMissing("psql") || RequiredTool.IsMissing("su") || RequiredTool.IsRootMissing());
        using var folder = new TemporaryFolder();
        await RunAsync("chown", "postgres", folder.Path);
        await RunAsync("su", "postgres", "-s", "/bin/sh", "-c", $"{Binary("initdb")} -N -A trust -D {folder.File("d")}");
        using var server = ChildServer.Start("su", "postgres", "-s", "/bin/sh", "-c", $"exec {Binary("postgres")} -D {folder.File("d")} -k {folder.Path} -c listen_addresses= -c fsync=off -p 5434");
        await server.UntilAsync(s => s.Said.Contains("ready to accept connections", StringComparison.Ordinal));
        var starts = new List<int>();
        var text = new StringBuilder();
        foreach (var line in Lines)
        {
            starts.Add(text.ToString().Count(c => c == '\n') + 1);
            text.Append(line).Append('\n');
        }

        await File.WriteAllTextAsync(folder.File("d/pg_hba.conf"), text.ToString());
        var said = Encoding.UTF8.GetString(await RunAsync("psql", "-X", "-A", "-t", "-h", folder.Path, "-p", "5434", "-U", "postgres", "-d", "postgres", "-c", "SELECT line_number, address, netmask, auth_method, error FROM pg_hba_file_rules"));
        var rows = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('|')).ToDictionary(r => int.Parse(r[0], CultureInfo.InvariantCulture));
        var different = new List<string>();
        foreach (var (line, start) in Lines.Zip(starts))
        {
            var row = rows[start];
            var theirs = row is [_, var address, var mask, var method, var error] && error.Length == 0 ? $"{method} {IsOpen(address, mask)}" : "refused";
            if (Ours(line) is var ours && ours != theirs)
            {
                different.Add($"{line}: {ours} / {theirs} {row[4]}");
            }
        }

        Assert.Empty(different);
    }

    private static string Ours(string line)
    {
        try
        {
            var rule = Assert.Single(HbaFile.Read(new MadeHost().File("/h/pg_hba.conf", line + "\n"), "/h/pg_hba.conf", 15));
            return $"{rule.Method} {rule.IsOpen}";
        }
        catch (UnableException)
        {
            return "refused";
        }
    }

    private static bool IsOpen(string address, string mask) =>
        mask.Length == 0 ? address is "all" or "." : IPAddress.Parse(mask).GetAddressBytes().Sum(b => BitOperations.PopCount(b)) < (mask.Contains(':', StringComparison.Ordinal) ? 7 : 8);

    private static string Binary(string name) =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin", name)).LastOrDefault(File.Exists) ?? name : name;

    private static async Task<byte[]> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var ran = await new ProcessToolRunner().RunAsync(new ToolCall(program, arguments) { Timeout = TimeSpan.FromMinutes(2) }, CancellationToken.None);
        Assert.True(ran.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{program}: {ran.ExitCode} {ran.ErrorText}"));
        return ran.Output;
    }
}
