using System.Globalization;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>The scripts on real servers of Debian, run by the tools people run them with.</summary>
public sealed class LiveDatabaseTests
{
    private static readonly ProcessToolRunner Tools = new();

    private static string PostgreSqlBinary(string name) =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin", name)).LastOrDefault(File.Exists) ?? name : name;

    [SkippableFact]
    public async Task PostgreSql_tells_its_roles_and_to_those_who_may_not_see_it_less()
    {
        Skip.If(RequiredTool.IsMissing("psql") || RequiredTool.IsMissing("su") || RequiredTool.IsRootMissing());
        using var folder = new TemporaryFolder();
        await RunAsync("chown", "postgres", folder.Path);
        await RunAsync("su", "postgres", "-s", "/bin/sh", "-c", $"{PostgreSqlBinary("initdb")} -N -A trust -D {folder.File("d")}");
        using var server = ChildServer.Start("su", "postgres", "-s", "/bin/sh", "-c", $"exec {PostgreSqlBinary("postgres")} -D {folder.File("d")} -k {folder.Path} -c listen_addresses= -c fsync=off -p 5433");
        await server.UntilAsync(s => s.Said.Contains("ready to accept connections", StringComparison.Ordinal));
        await PsqlAsync(folder, "postgres", "-c", "CREATE ROLE app LOGIN PASSWORD 'x' VALID UNTIL 'infinity'; CREATE ROLE \"业务|员\" SUPERUSER LOGIN; CREATE ROLE dba SUPERUSER");
        var script = folder.Write("collect.sql", DatabaseScripts.Of(DatabaseProduct.PostgreSql));

        foreach (var frame in new[] { "-q", "-A", "-x", "-H", "-Pborder=2", "-a" })
        {
            var roles = new PostgreSqlRolesProbe().Read([Fresh(await PsqlAsync(folder, "postgres", frame, "-f", script))]);
            Assert.Equal(["dba", "postgres", "业务|员"], roles.Superusers.Value.Select(r => r.Name));
            Assert.Equal("scram", roles.LoginRoles.Value.Single(r => r.Name == "app").PasswordKind.Value);
            Assert.Equal("不符合", Verdicts.Of("PG-09", roles));
        }

        await PsqlAsync(folder, "postgres", "-c", "ALTER ROLE \"业务|员\" NOSUPERUSER NOLOGIN; ALTER ROLE app VALID UNTIL '2000-01-01'");
        var mended = new PostgreSqlRolesProbe().Read([Fresh(await PsqlAsync(folder, "postgres", "-f", script))]);
        Assert.Equal(("符合", "符合"), (Verdicts.Of("PG-09", mended), Verdicts.Of("PG-10", mended)));
        var lesser = new PostgreSqlRolesProbe().Read([Fresh(await PsqlAsync(folder, "app", "-f", script))]);
        Assert.Equal(("符合", "待人工"), (Verdicts.Of("PG-09", lesser), Verdicts.Of("PG-10", lesser)));

        // Started with trust for all: no file of it is needed to say so, and options of the command line are what runs.
        var running = new PostgreSqlProbe().ReadAll(new MadeHost(), [RunningValues.Of(Fresh(await PsqlAsync(folder, "postgres", "-f", script)))]).Single().Record!;
        Assert.Equal(["符合", "不符合", "不符合"], new[] { "PG-01", "PG-02", "PG-04" }.Select(r => Verdicts.Of(r, running)));
        Assert.Contains(running.Rules.Value, r => r is { Type: "local", Method: "trust" });

        // The script of Kingbase on views of its names: its grammar is at least that of the system it comes from.
        await PsqlAsync(folder, "postgres", "-c", "CREATE VIEW sys_roles AS SELECT * FROM pg_roles; CREATE VIEW sys_authid AS SELECT * FROM pg_authid; CREATE VIEW sys_settings AS SELECT * FROM pg_settings; CREATE VIEW sys_hba_file_rules AS SELECT * FROM pg_hba_file_rules");
        var kingbase = new PostgreSqlRolesProbe().Read([Fresh(await PsqlAsync(folder, "postgres", "-f", folder.Write("k.sql", DatabaseScripts.Of(DatabaseProduct.Kingbase))))]);
        Assert.Equal(("kingbase", "符合"), (kingbase.Product, Verdicts.Of("PG-09", kingbase)));
    }

    [SkippableFact]
    public async Task MariaDb_tells_its_accounts_whatever_frame_the_client_draws()
    {
        Skip.If(RequiredTool.IsMissing("mariadbd") || RequiredTool.IsMissing("mariadb-install-db") || RequiredTool.IsMissing("mysql") || RequiredTool.IsRootMissing());
        using var folder = new TemporaryFolder();
        await RunAsync("chown", "mysql", folder.Path);
        await RunAsync("mariadb-install-db", "--no-defaults", "--user=mysql", $"--datadir={folder.File("d")}", "--auth-root-authentication-method=normal", "--skip-test-db");
        using var server = ChildServer.Start("mariadbd", "--no-defaults", "--user=mysql", $"--datadir={folder.File("d")}", $"--socket={folder.File("s")}", "--skip-networking", $"--pid-file={folder.File("p")}");
        await server.UntilAsync(s => s.Said.Contains("ready for connections", StringComparison.Ordinal));
        await MysqlAsync(folder, "-e", "CREATE USER app@'%' IDENTIFIED BY 'Abc-12345'; CREATE USER '业务'@'10.%' IDENTIFIED VIA mysql_native_password USING '' OR unix_socket; CREATE ROLE r; CREATE USER grants@localhost IDENTIFIED BY 'Abc-12345'; GRANT CREATE USER ON *.* TO grants@localhost; CREATE USER ''@localhost; CREATE USER shut@localhost ACCOUNT LOCK");
        var script = DatabaseScripts.Of(DatabaseProduct.MySql);

        foreach (var frame in new[] { "-B", "-t", "-E", "-N", "-X" })
        {
            var read = new MySqlAccountsProbe().Read([Fresh(await MysqlAsync(folder, script, frame, "--force"))]);
            Assert.Contains(read.Passwordless.Value, a => a.Name == "业务");
            Assert.Contains(read.Administrators.Value, a => a.Name == "grants");
            Assert.DoesNotContain(read.PasswordAccounts.Value, a => a.Name is "r" or "shut" or "mariadb.sys");
            Assert.Equal(["不符合", "不符合", "不符合", "部分符合"], new[] { "MY-01", "MY-03", "MY-04", "MY-05" }.Select(r => Verdicts.Of(r, read)));
        }

        await MysqlAsync(folder, "-e", "DROP USER '业务'@'10.%'; DROP USER ''@localhost; DROP USER grants@localhost; DELETE FROM mysql.global_priv WHERE User='root' AND Host<>'localhost'; ALTER USER root@localhost IDENTIFIED VIA unix_socket; SET GLOBAL max_password_errors=5; INSTALL SONAME 'simple_password_check'; FLUSH PRIVILEGES");
        var mended = new MySqlAccountsProbe().Read([Fresh(await MysqlAsync(folder, script, "-t", "--force"))]);
        Assert.Equal(["符合", "符合", "符合", "符合"], new[] { "MY-01", "MY-03", "MY-04", "MY-05" }.Select(r => Verdicts.Of(r, mended)));

        await MysqlAsync(folder, "-e", "CREATE ROLE boss; CREATE ROLE middle; GRANT SUPER ON *.* TO boss; GRANT boss TO middle; GRANT middle TO app@'%'; SET GLOBAL strict_password_validation=OFF");
        var output = Fresh(await MysqlAsync(folder, script, "-B", "--force"));
        var widened = new MySqlAccountsProbe().Read([output]);
        Assert.Equal(["不符合", "不符合"], new[] { "MY-01", "MY-05" }.Select(r => Verdicts.Of(r, widened)));
        var host = new MadeHost().File("/etc/mysql/my.cnf", "[mysqld]\nrequire_secure_transport=ON\nskip_networking=OFF\n").Says("mysql-version", "mysqld  Ver 10.11.6-MariaDB for debian-linux-gnu");
        Assert.Equal("不符合", Verdicts.Of("MY-06", new MySqlProbe().ReadAll(host, [RunningValues.Of(output)]).Single().Record!));
    }

    private static DatabaseOutput Fresh(byte[] said) => DatabaseOutput.Read(said, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));

    private static async Task<byte[]> PsqlAsync(TemporaryFolder folder, string user, params IReadOnlyList<string> arguments) =>
        await RunAsync("psql", ["-X", "-h", folder.Path, "-p", "5433", "-U", user, "-d", "postgres", .. arguments]);

    private static Task<byte[]> MysqlAsync(TemporaryFolder folder, string one, string two) => RunAsync("mysql", ["--no-defaults", "-u", "root", "-S", folder.File("s"), "--default-character-set=utf8mb4", one, two]);

    private static async Task<byte[]> MysqlAsync(TemporaryFolder folder, string script, params IReadOnlyList<string> frames)
    {
        var ran = await Tools.RunAsync(new ToolCall("mysql", ["--no-defaults", "-u", "root", "-S", folder.File("s"), .. frames]) { StandardInput = System.Text.Encoding.UTF8.GetBytes(script), Timeout = TimeSpan.FromMinutes(1) }, CancellationToken.None);
        return ran.Output;
    }

    private static async Task<byte[]> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var ran = await Tools.RunAsync(new ToolCall(program, arguments) { Timeout = TimeSpan.FromMinutes(2) }, CancellationToken.None);
        Assert.True(ran.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{program}: {ran.ExitCode} {ran.ErrorText}"));
        return ran.Output;
    }
}
