using System.Net;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>How much may be handed in at once.</summary>
public sealed class UploadTests : IAsyncLifetime, IDisposable
{
    private const string People = "/p/pack/open/item?r=PEOPLE-01&t=demo";

    private readonly Bench _bench = new();
    private string _pack = "";

    public async Task InitializeAsync() => _pack = await _bench.PackAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    /// <summary>Some bodies say how long they are, others do not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_may_be_handed_in_is_refused_and_nothing_of_it_stays(bool saysLength)
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        using var body = new MultipartFormDataContent { { new StringContent(await visitor.ProofAsync(People)), "proof" }, { new StringContent("0"), "version" } };
        body.Add(new StreamContent(new Zeros(66L * 1024 * 1024)), "files", "大.pdf");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(People, UriKind.Relative)) { Content = body };
        request.Headers.TransferEncodingChunked = !saysLength;
        var status = await StatusAsync(visitor, request);
        Assert.Contains(status, new HttpStatusCode?[] { HttpStatusCode.RequestEntityTooLarge, null });
        Assert.False(Directory.Exists(_pack + StatementStore.Suffix));
        Assert.Contains("待人工", await visitor.PageAsync(People), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_very_many_fields_or_files_is_refused()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(People);
        using var fields = await visitor.SendAsync(People, [("proof", proof), ("version", "0"), .. Enumerable.Range(0, 500).Select(i => ("keep", $"{i}"))]);
        Assert.Equal(HttpStatusCode.BadRequest, fields.StatusCode);
        using var files = await visitor.SendAsync(People, [("proof", proof), ("version", "0"), ("verdict", "NotSatisfied"), ("by", "甲"), ("organisation", "乙"), ("on", "2026-03-03")], [.. Enumerable.Range(0, 21).Select(i => new byte[] { 65, (byte)i })]);
        Assert.Contains("附件超过 20 个", await files.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(StatementReading.Read(_pack + StatementStore.Suffix).Entries);
    }

    /// <returns>Null where the server hung up before all was sent.</returns>
    private static async Task<HttpStatusCode?> StatusAsync(Visitor visitor, HttpRequestMessage request)
    {
        try
        {
            using var response = await visitor.Client.SendAsync(request);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Bytes that nobody has to hold.</summary>
    private sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(length - Position, count);
            Array.Clear(buffer, offset, read);
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
