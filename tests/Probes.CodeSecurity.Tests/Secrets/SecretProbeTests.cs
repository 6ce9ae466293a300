using System.Diagnostics;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The probe over a tree of files.</summary>
public sealed class SecretProbeTests
{
    private const string Password = "Gov@2024x";
    private const string Key = "9f2c47b1d8e05a36c9b7e14f2a8d6053";

    [Fact]
    public async Task Every_labelled_secret_of_a_tree_is_found_and_none_of_their_twins()
    {
        using var folder = new TemporaryFolder();
        var data = await LookAsync(
            folder,
            ("bad/application.yml", $"spring:\n  datasource:\n    url: jdbc:dm://10.1.1.6:5236\n    password: {Password}\n"),
            ("bad/Sm4.java", $"class A {{ static final String SM4_KEY = \"{Key}\"; }}\n"),
            ("bad/server.key", "-----BEGIN PRIVATE " + "KEY-----\nMIGTAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBHkwdwIBAQQg\n-----END PRIVATE KEY-----\n"),
            ("bad/server.jks", "\u0001\u0002"),
            ("good/application.yml", "spring:\n  datasource:\n    url: jdbc:dm://10.1.1.6:5236\n    password: ${DB_PASSWORD}\n"),
            ("good/Sm4.java", "class A { final String SM4_KEY = vault.key(\"sm4\"); }\n"),
            ("src/test/resources/application.yml", $"password: {Password}\n"));
        Assert.Equal(["bad/application.yml"], Files(data, "passwords"));
        Assert.Equal(["bad/Sm4.java"], Files(data, "cipherKeys"));
        Assert.Equal(["bad/server.key"], Files(data, "privateKeys"));
        Assert.Equal(["src/test/resources/application.yml"], Files(data, "doubtful"));
        Assert.Equal("bad/server.jks", Assert.Single(data.GetProperty("keyFiles").EnumerateArray()).GetString());
        Assert.False(data.GetProperty("hasCloudKeys").GetBoolean());
        Assert.True(data.GetProperty("hasPasswords").GetBoolean());
        Assert.DoesNotContain(Password, data.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key[4..], data.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_none_was_found_is_not_said_where_a_file_was_not_read()
    {
        using var folder = new TemporaryFolder();
        var data = await LookAsync(folder, ("a.yml", "a: 1\n"), ("big.yml", new string('#', 5 * 1024 * 1024)));
        Assert.False(data.TryGetProperty("hasPasswords", out _));
        Assert.NotEmpty(data.GetProperty("doubts").EnumerateArray());
    }

    [Theory]
    [InlineData("test/resources/application.yml")]
    [InlineData("example/application.yml")]
    public async Task A_doubtful_password_leaves_open_whether_there_is_one(string path)
    {
        using var folder = new TemporaryFolder();
        var data = await LookAsync(folder, (path, $"spring:\n  password: {Password}\n"));
        Assert.False(data.TryGetProperty("hasPasswords", out _));
        Assert.False(data.GetProperty("hasCloudKeys").GetBoolean());
        Assert.Single(Files(data, "doubtful"));
        Assert.NotEmpty(data.GetProperty("doubts").EnumerateArray());
    }

    [Theory]
    [InlineData("app.p8", "0\u0082", true)]
    [InlineData("http.keytab", "\u0005\u0002", true)]
    [InlineData("conf/app.key", "\u0000\u0001\u0002", null)]
    [InlineData("conf/sm4.key", "0123\n", null)]
    [InlineData("conf/ca.der", "0\u0082\u0000", null)]
    [InlineData("conf/ca.txt", "a\n", false)]
    public async Task Key_files_are_known_by_their_ends_and_what_may_be_one_leaves_it_open(string path, string text, bool? expected)
    {
        using var folder = new TemporaryFolder();
        var data = await LookAsync(folder, ("a.yml", "a: 1\n"), (path, text));
        Assert.Equal(expected, data.TryGetProperty("hasKeyFiles", out var has) ? has.GetBoolean() : null);
        Assert.Equal(expected is null, data.GetProperty("doubts").EnumerateArray().Any(d => d.GetString()!.StartsWith(path, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a.properties", "# old\rspring.datasource.password=Gov@2024x\rb=2\r")]
    [InlineData("a.yml", "# old\rpassword: Gov@2024x\rb: 2\r")]
    public async Task Lines_that_end_as_they_did_on_old_machines_are_lines(string path, string text)
    {
        using var folder = new TemporaryFolder();
        var found = Assert.Single((await LookAsync(folder, (path, text))).GetProperty("passwords").EnumerateArray());
        Assert.Equal(2, found.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Texts_made_to_look_binary_and_linked_folders_are_not_called_clean()
    {
        using var folder = new TemporaryFolder();
        var binary = await LookAsync(folder, ("a.yml", "a: 1\n"), ("notes.txt", $"password: {Password}\n" + new string('\0', 400)));
        Assert.False(binary.TryGetProperty("hasPasswords", out _));
        using var linking = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        Directory.CreateSymbolicLink(Path.Combine(linking.Path, "conf"), elsewhere.Path);
        var linked = await LookAsync(linking, ("a.yml", "a: 1\n"));
        Assert.False(linked.TryGetProperty("hasPasswords", out _) || linked.TryGetProperty("hasKeyFiles", out _));
    }

    [Theory]
    [InlineData("password=", 400_000, "a.properties")]
    [InlineData("<password>", 350_000, "a.xml")]
    [InlineData("password=\n", 350_000, "a.properties")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n", 100_000, "a.pem")]
    [InlineData("jasypt:\n\n\n\n\n\n\n\n\n", 200_000, "a.yml")]
    public async Task A_file_made_to_take_long_ends_in_time_and_is_not_called_clean(string piece, int times, string path)
    {
        using var folder = new TemporaryFolder();
        var watch = Stopwatch.StartNew();
        var data = await LookAsync(folder, (path, "a: ENC(1)\n" + string.Concat(Enumerable.Repeat(piece, times))));
        Assert.True(!data.TryGetProperty("hasPasswords", out var has) || has.GetBoolean());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    private static IEnumerable<string?> Files(JsonElement data, string field) => data.GetProperty(field).EnumerateArray().Select(d => d.GetProperty("file").GetString());

    private static async Task<JsonElement> LookAsync(TemporaryFolder folder, params IReadOnlyList<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        var tree = new SourceTree { Id = "src", Path = folder.Path };
        var plain = ProbeContexts.For(new KeptEvidence(), tree);
        var context = new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = plain.Tools, Shells = plain.Shells, Evidence = plain.Evidence, Redactor = plain.Redactor,
            Clock = plain.Clock, Log = plain.Log, Shared = plain.Shared, Tables = new ProbeTables { Secrets = Tables.Secrets },
        };
        return Assert.Single(Assert.IsType<Observed>(await new CodeSecretsProbe().ObserveAsync(tree, context, CancellationToken.None)).Observations).Data;
    }
}
