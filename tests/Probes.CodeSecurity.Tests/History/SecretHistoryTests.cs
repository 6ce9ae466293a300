using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Secrets in earlier versions, in repositories that git made.</summary>
public sealed class SecretHistoryTests
{
    private const string Password = "Gov@2024x";
    private const string Key = "9f2c47b1d8e05a36c9b7e14f2a8d6053";
    private const string WithPassword = $"spring:\n  datasource:\n    url: jdbc:dm://10.1.1.6:5236\n    password: {Password}\n";
    private const string WithoutPassword = "spring:\n  datasource:\n    url: jdbc:dm://10.1.1.6:5236\n    password: ${DB_PASSWORD}\n";
    private const string WithKey = $"class A {{ static final String SM4_KEY = \"{Key}\"; }}\n";

    [SkippableTheory]
    [InlineData("sha1", false)]
    [InlineData("sha1", true)]
    [InlineData("sha256", true)]
    public async Task What_was_taken_out_is_found_with_its_commit_and_what_is_still_there_is_told_apart(string format, bool packed)
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync(format);
        await repository.CommitAsync(("README", "a\n"));
        await repository.CommitAsync(("conf/应用.yml", WithPassword), ("src/Sm4.java", WithKey));
        var commit = await repository.GitAsync("rev-parse", "HEAD");
        await repository.CommitAsync(("conf/应用.yml", WithoutPassword), ("src/Sm4.java", "// moved\n" + WithKey));
        if (packed)
        {
            await repository.GitAsync("gc", "-q");
        }

        var data = await LookAsync(repository.Path);
        var secrets = data.GetProperty("secrets").EnumerateArray().ToList();
        Assert.Equal([($"conf/应用.yml@{commit[..10]}", 4), ($"src/Sm4.java@{commit[..10]}", 1)], secrets.Select(s => (s.GetProperty("file").GetString()!, s.GetProperty("line").GetInt32())));
        Assert.All(secrets, s => Assert.Contains($"提交 {commit[..10]} 起", s.GetProperty("message").GetString(), StringComparison.Ordinal));
        Assert.Contains("已没有", secrets[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("仍有同一个值", secrets[1].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("2 个文件版本", secrets[1].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(data.GetProperty("hasSecrets").GetBoolean());
        Assert.Equal((3, 1, 0), (data.GetProperty("commits").GetInt32(), data.GetProperty("gone").GetInt32(), data.GetProperty("doubts").GetArrayLength()));
        Assert.DoesNotContain(Password, data.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key[4..], data.GetRawText(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_no_branch_has_any_more_is_found_too()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("README", "a\n"));
        await repository.CommitAsync(("a.yml", WithPassword));
        await repository.GitAsync("reset", "-q", "--hard", "HEAD~1");
        Assert.StartsWith("a.yml@", Assert.Single((await LookAsync(repository.Path)).GetProperty("secrets").EnumerateArray()).GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_clean_history_is_called_clean_and_a_doubtful_or_shallow_one_is_not()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("a.yml", WithoutPassword));
        await repository.CommitAsync(("b.yml", "a: 1\n"), ("logo.png", "\u0089PNG\u0000\u0001"));
        var clean = await LookAsync(repository.Path);
        Assert.False(clean.GetProperty("hasSecrets").GetBoolean());
        Assert.Equal(0, clean.GetProperty("doubts").GetArrayLength());

        var limited = await LookAsync(repository.Path, new HistoryLimits { BlobBytes = 20 });
        Assert.False(limited.TryGetProperty("hasSecrets", out _));
        Assert.Contains("超过", limited.GetProperty("doubts")[0].GetString(), StringComparison.Ordinal);

        using var copy = new TemporaryFolder();
        await repository.GitAsync("clone", "-q", "--depth", "1", "file://" + repository.Path, copy.File("shallow"));
        var shallow = await LookAsync(copy.File("shallow"));
        Assert.False(shallow.TryGetProperty("hasSecrets", out _));
        Assert.Contains("浅克隆", Assert.Single(shallow.GetProperty("doubts").EnumerateArray()).GetString(), StringComparison.Ordinal);

        await repository.CommitAsync(("src/test/resources/application.yml", $"password: {Password}\n"));
        var doubtful = await LookAsync(repository.Path);
        Assert.False(doubtful.TryGetProperty("hasSecrets", out _));
        Assert.Single(doubtful.GetProperty("doubtful").EnumerateArray());
    }

    [SkippableFact]
    public async Task Not_asked_no_repository_and_no_git_are_said_and_never_clean()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("a.yml", WithPassword));
        using var bare = new TemporaryFolder();
        bare.Write("a.yml", "a: 1\n");
        foreach (var (data, word) in new[]
        {
            (await LookAsync(repository.Path, isAsked: false), "没有要求"), (await LookAsync(bare.Path), "没有 .git"), (await LookAsync(repository.Path, tools: new NoTools()), "没有 git"),
        })
        {
            Assert.False(data.TryGetProperty("hasSecrets", out _));
            Assert.Contains(word, Assert.Single(data.GetProperty("doubts").EnumerateArray()).GetString(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_missing_object_is_told()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("a.yml", WithPassword));
        var blob = await repository.GitAsync("rev-parse", "HEAD:a.yml");
        await repository.CommitAsync(("a.yml", WithoutPassword));
        File.SetAttributes(Path.Combine(repository.Path, ".git", "objects", blob[..2], blob[2..]), FileAttributes.Normal);
        File.Delete(Path.Combine(repository.Path, ".git", "objects", blob[..2], blob[2..]));
        var data = await LookAsync(repository.Path);
        Assert.False(data.TryGetProperty("hasSecrets", out _));
        Assert.Contains("缺 1 个对象", data.GetProperty("doubts")[0].GetString(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("keys/old.p12", "\u0001\u0000")]
    [InlineData("old.zip", "PK\u0003\u0004\u0014\u0000\u0000\u0000\u0000\u0001")]
    [InlineData("notes.txt", "a\u0000b\u0001\u0000")]
    [InlineData("node_modules/own/a.yml", "a: 1\n")]
    public async Task What_the_tree_would_not_be_called_clean_with_is_no_clean_history(string path, string text)
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync((path, text));
        await repository.CommitAsync((path, null), ("b.yml", "a: 1\n"));
        var data = await LookAsync(repository.Path);
        Assert.False(data.TryGetProperty("hasSecrets", out _));
        Assert.NotEqual(0, data.GetProperty("doubts").GetArrayLength());
    }

    [SkippableFact]
    public async Task What_people_suppress_by_its_fingerprint_awaits_acceptance_and_a_suppression_of_the_file_means_the_file_as_it_is()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("a.yml", WithPassword));
        await repository.CommitAsync(("a.yml", WithoutPassword));
        var found = Assert.Single((await LookAsync(repository.Path)).GetProperty("secrets").EnumerateArray());
        var entry = new DeclaredSuppression { Place = "s.yaml(1)", Reason = "已更换", Reviewer = "评估员", Until = new DateOnly(2999, 1, 1) };
        var byFile = await LookAsync(repository.Path, suppressions: [entry with { Rule = found.GetProperty("ruleId").GetString(), File = "a.yml" }]);
        Assert.True(byFile.GetProperty("hasSecrets").GetBoolean());
        var byPrint = await LookAsync(repository.Path, suppressions: [entry with { Fingerprint = found.GetProperty("fingerprint").GetString() }]);
        Assert.False(byPrint.TryGetProperty("hasSecrets", out _));
        Assert.True(byPrint.GetProperty("awaitsAcceptance").GetBoolean());
        Assert.Single(byPrint.GetProperty("suppressed").EnumerateArray());
    }

    [SkippableFact]
    public async Task Objects_from_elsewhere_are_not_read()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        Skip.If(OperatingSystem.IsWindows());
        using var other = await GitRepository.CreateAsync();
        await other.CommitAsync(("a.yml", WithPassword));
        using var tree = await GitRepository.CreateAsync();
        await tree.CommitAsync(("b.yml", "a: 1\n"));
        var alternates = tree.Write(".git/objects/info/alternates", Path.Combine(other.Path, ".git", "objects") + "\n");
        await AssertUnseenAsync(tree.Path, "alternates");
        File.Delete(alternates);
        Directory.CreateSymbolicLink(Path.Combine(tree.Path, ".git", "objects", "zz"), Path.Combine(other.Path, ".git", "objects"));
        await AssertUnseenAsync(tree.Path, "链接");
        using var file = new TemporaryFolder();
        file.Write(".git", $"gitdir: {other.Path}/.git\n");
        await AssertUnseenAsync(file.Path, "指向别处");
        using var link = new TemporaryFolder();
        Directory.CreateSymbolicLink(link.File(".git"), Path.Combine(other.Path, ".git"));
        await AssertUnseenAsync(link.Path, "链接");
    }

    [SkippableFact]
    public async Task A_hostile_repository_runs_nothing()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        Skip.If(OperatingSystem.IsWindows());
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync((".gitattributes", "* filter=evil diff=evil merge=evil text eol=crlf\n"), ("a.yml", WithPassword));
        await repository.CommitAsync(("a.yml", WithoutPassword));
        using var elsewhere = new TemporaryFolder();
        var marker = elsewhere.File("ran");
        var run = $"touch {marker}";
        var evil = elsewhere.Write("evil.sh", $"#!/bin/sh\n{run}\ncat\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(evil, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        elsewhere.Write("included", $"[core]\n\tfsmonitor = {evil}\n\tpager = {evil}\n");
        File.AppendAllText(Path.Combine(repository.Path, ".git", "config"), $"""
            [include]
                path = {elsewhere.File("included")}
            [core]
                fsmonitor = {evil}
                hooksPath = {elsewhere.Path}
                pager = {evil}
                sshCommand = {evil}
                gitProxy = {evil}
                editor = {evil}
                alternateRefsCommand = {evil}
                attributesFile = {elsewhere.File("attributes")}
            [diff]
                external = {evil}
            [diff "evil"]
                textconv = {evil}
                command = {evil}
            [filter "evil"]
                clean = {evil}
                smudge = {evil}
                process = {evil}
                required = true
            [alias]
                cat-file = !{run}
                rev-list = !{run}
            [pager]
                cat-file = {evil}
                rev-list = {evil}
            [credential]
                helper = !{run}
            [uploadpack]
                packObjectsHook = {evil}
            [remote "origin"]
                url = ext::{evil}
                promisor = true
                partialclonefilter = blob:none
            [trace2]
                eventTarget = {marker}
            """);
        foreach (var hook in new[] { "post-checkout", "post-index-change", "pre-auto-gc", "fsmonitor-watchman", "reference-transaction" })
        {
            File.Copy(evil, Path.Combine(repository.Path, ".git", "hooks", hook), overwrite: true);
        }

        var data = await LookAsync(repository.Path);
        Assert.Single(data.GetProperty("secrets").EnumerateArray());
        Assert.False(File.Exists(marker));

        // The settings do run what they say where git is asked in the usual way: else this test would tell nothing.
        await Record.ExceptionAsync(() => repository.GitAsync("status"));
        Assert.True(File.Exists(marker));
    }

    [SkippableFact]
    public async Task Damaged_repositories_end_and_are_never_called_clean()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("a.yml", WithPassword));
        await repository.CommitAsync(("a.yml", WithoutPassword), ("b/c.txt", string.Join('\n', Enumerable.Range(0, 2000))));
        await repository.GitAsync("gc", "-q");
        var files = Directory.GetFiles(Path.Combine(repository.Path, ".git", "objects", "pack"));
        var whole = files.ToDictionary(f => f, File.ReadAllBytes, StringComparer.Ordinal);
        var dice = new SeededBytes(17);
        for (var i = 0; i < 12; i++)
        {
            foreach (var (file, bytes) in whole)
            {
                new FileInfo(file).IsReadOnly = false;
                File.WriteAllBytes(file, file.EndsWith(i % 2 == 0 ? ".pack" : ".idx", StringComparison.Ordinal) ? dice.Mutate(bytes) : bytes);
            }

            var data = await LookAsync(repository.Path);
            Assert.True(!data.TryGetProperty("hasSecrets", out var has) || has.GetBoolean());
        }
    }

    [Fact]
    public void Answers_of_git_are_split_whatever_they_hold()
    {
        var answer = Encoding.UTF8.GetBytes("aa 3\nx\ny\nbb missing\ncc 0\n\ndd 9\ncut");
        Assert.Equal([("aa", 5, 3), ("cc", 25, 0)], GitContents.Split(answer).Select(p => (p.Key, p.Value.Start, p.Value.Length)));
        var dice = new SeededBytes(5);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = dice.Mutate(answer);
            Assert.All(GitContents.Split(bytes).Values, p => Assert.True(p.Start >= 0 && p.Length >= 0 && p.Start + p.Length <= bytes.Length));
        }
    }

    private static async Task AssertUnseenAsync(string path, string word)
    {
        var data = await LookAsync(path);
        Assert.False(data.TryGetProperty("hasSecrets", out _));
        Assert.Empty(data.GetProperty("secrets").EnumerateArray());
        Assert.Contains(word, Assert.Single(data.GetProperty("doubts").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> LookAsync(string path, HistoryLimits? limits = null, bool isAsked = true, IToolRunner? tools = null, IReadOnlyList<DeclaredSuppression>? suppressions = null)
    {
        var tree = new SourceTree { Id = "src", Path = path, History = isAsked, Suppressions = suppressions ?? [] };
        var plain = ProbeContexts.For(new KeptEvidence(), tree);
        var context = new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = tools ?? plain.Tools, Shells = plain.Shells, Evidence = plain.Evidence, Redactor = plain.Redactor,
            Clock = plain.Clock, Log = plain.Log, Shared = plain.Shared, Tables = new ProbeTables { Secrets = Tables.Secrets },
        };
        var outcome = await new SecretHistoryProbe(limits ?? new HistoryLimits()).ObserveAsync(tree, context, CancellationToken.None);
        return Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data;
    }

    private sealed class NoTools : IToolRunner
    {
        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken) => throw new UnableException(FailureKind.ToolMissing, call.Program);
    }
}
