using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The careless demonstration, run once for the tests that only read its pack.</summary>
public sealed class DemoPack : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Ended? _ended;

    public string Folder => _folder.Path;

    public string Path => _folder.File("careless");

    internal Ended Ended => _ended!;

    public async Task InitializeAsync() => _ended = await SecurityCheck.RunAsync(Folder, "demo", "--out", "careless", "--exit-code");

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();

    internal Task<Ended> RunAsync(params IReadOnlyList<string> arguments) => SecurityCheck.RunAsync(Folder, arguments);
}
