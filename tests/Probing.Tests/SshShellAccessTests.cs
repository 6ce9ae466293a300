using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing.Tests;

/// <summary>Against a real sshd of the test's own, on 127.0.0.1.</summary>
public sealed class SshShellAccessTests
{
    [SkippableFact]
    public async Task Commands_run_and_their_exit_code_comes_back()
    {
        using var server = await SshServer.StartAsync();
        var result = await server.Shell.RunAsync(server.Host, "echo out; echo err >&2; exit 7", TimeSpan.FromSeconds(20), CancellationToken.None);

        Assert.Equal("out\n", result.OutputText);
        Assert.Contains("err", result.ErrorText, StringComparison.Ordinal);
        Assert.Equal(7, result.ExitCode);
    }

    [SkippableFact]
    public async Task An_unknown_host_key_is_refused()
    {
        using var server = await SshServer.StartAsync();
        var stranger = server.Host with { KnownHostsFile = server.Folder.Write("empty", string.Empty) };
        var unable = await Assert.ThrowsAsync<UnableException>(() => server.Shell.RunAsync(stranger, "true", TimeSpan.FromSeconds(20), CancellationToken.None));

        Assert.Equal(FailureKind.AccessDenied, unable.Kind);
        Assert.Contains("known_hosts", unable.Message, StringComparison.Ordinal);
        Assert.Empty(await File.ReadAllTextAsync(stranger.KnownHostsFile!));
    }

    [SkippableFact]
    public async Task A_key_the_host_does_not_know_is_denied()
    {
        using var server = await SshServer.StartAsync();
        var unknown = server.Host with { IdentityFile = await SshServer.GenerateKeyAsync(server.Folder, "other") };
        var unable = await Assert.ThrowsAsync<UnableException>(() => server.Shell.RunAsync(unknown, "true", TimeSpan.FromSeconds(20), CancellationToken.None));

        Assert.Equal(FailureKind.AccessDenied, unable.Kind);
    }

    [SkippableFact]
    public async Task A_command_that_never_ends_is_out_of_time()
    {
        using var server = await SshServer.StartAsync();
        var unable = await Assert.ThrowsAsync<UnableException>(() => server.Shell.RunAsync(server.Host, "sleep 60", TimeSpan.FromSeconds(3), CancellationToken.None));

        Assert.Equal(FailureKind.TimedOut, unable.Kind);
    }

    [Fact]
    public async Task A_host_outside_the_scope_is_not_contacted()
    {
        var shell = new SshShellAccess(new ProcessToolRunner(), Scope.Of([]));
        var host = new Host { Id = "h", Address = "127.0.0.1" };

        Assert.Equal(FailureKind.Refused, (await Assert.ThrowsAsync<UnableException>(() => shell.RunAsync(host, "true", TimeSpan.FromSeconds(5), CancellationToken.None))).Kind);
    }
}
