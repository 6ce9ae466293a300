using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>验收工作台 · pages on 127.0.0.1 where people read packs and answer what only people can.</summary>
public sealed class WorkbenchServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Shelf _shelf;

    private WorkbenchServer(WebApplication application, Shelf shelf, AccessGate gate)
    {
        _application = application;
        _shelf = shelf;
        Entrance = gate.Entrance;
    }

    /// <summary>The address that lets one browser in, once.</summary>
    public string Entrance { get; }

    /// <exception cref="PackException">The folder is neither a pack nor a folder.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WorkbenchServer> StartAsync(WorkbenchOptions options, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Folder))
        {
            throw new PackException($"没有目录 {options.Folder}");
        }

        // Neither appsettings.json of the folder we were started in nor the environment opens another port; it is not even read, as it may be broken.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PostedForm.BodyCap;
        });
        var application = builder.Build();
        var shelf = new Shelf(options);
        AccessGate? gate = null;
        application.Run(context => new Answering(gate!, shelf, options).AnswerAsync(context));
        await application.StartAsync(cancellationToken);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        gate = new AccessGate(new Uri(address).Port);
        return new WorkbenchServer(application, shelf, gate);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _shelf.Dispose();
    }
}
