using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class PaperShapeTests
{
    private const string English =
        "PermitRootLogin no\nPasswordAuthentication no\n# The administrator reviews this configuration every quarter and signs the record.\nMaxAuthTries 4\nClientAliveInterval 300\n"
        + "Ciphers aes256-gcm@openssh.com,chacha20-poly1305@openssh.com\nLogLevel VERBOSE\nAllowGroups operators\nBanner /etc/issue.net\nUsePAM yes\nX11Forwarding no\nSubsystem sftp internal-sftp\n"
        + "Match Group auditors\n  ForceCommand /usr/bin/journalctl\n  PermitTTY no\nHostKey /etc/ssh/ssh_host_ed25519_key\nAuthorizedKeysFile .ssh/authorized_keys\n";

    /// <summary>A kibibyte of letters has the size of a paper and nothing else of one.</summary>
    [Theory]
    [InlineData("one letter")]
    [InlineData("letters by dice")]
    [InlineData("letters by dice with blanks")]
    [InlineData("one word again and again")]
    [InlineData("one sentence mark again and again")]
    [InlineData("base64")]
    [InlineData("hexadecimal")]
    [InlineData("noise")]
    [InlineData("a beginning of PDF before filler")]
    [InlineData("a packed folder")]
    [InlineData("nothing")]
    public void Filler_of_a_papers_size_is_no_paper(string kind)
    {
        var dice = new SeededBytes(7);
        var noise = dice.Take(4096);
        string Letters(int blankEvery) => string.Concat(Enumerable.Range(0, 4096).Select(i => blankEvery > 0 && i % blankEvery == 0 ? ' ' : (char)('a' + dice.Below(26))));
        byte[] bytes = kind switch
        {
            "one letter" => Encoding.ASCII.GetBytes(new string('x', 4096)),
            "letters by dice" => Encoding.ASCII.GetBytes(Letters(0)),
            "letters by dice with blanks" => Encoding.ASCII.GetBytes(Letters(6)),
            "one word again and again" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("管理制度", 500))),
            "one sentence mark again and again" => Encoding.UTF8.GetBytes(new string('。', 2000)),
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(noise, Base64FormattingOptions.InsertLineBreaks)),
            "hexadecimal" => Encoding.ASCII.GetBytes(Convert.ToHexString(noise)),
            "a beginning of PDF before filler" => [.. "%PDF-1.7\n"u8, .. noise],
            "a packed folder" => [.. "PK\u0003\u0004"u8, .. noise, .. "PK\u0001\u0002secret.bin"u8, .. "PK\u0005\u0006"u8],
            "nothing" => [],
            _ => noise,
        };
        Assert.Null(PaperShape.Of(bytes));
    }

    [Fact]
    public void What_people_hand_in_has_its_form()
    {
        var noise = new SeededBytes(7).Take(4096);
        Assert.Equal(PaperForm.Text, PaperShape.Of(Encoding.UTF8.GetBytes(PaperText.Some)));
        Assert.Equal(PaperForm.Text, PaperShape.Of([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(PaperText.Some)]));
        Assert.Equal(PaperForm.Text, PaperShape.Of([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(PaperText.Some)]));
        Assert.Equal(PaperForm.Text, PaperShape.Of(Encoding.UTF8.GetBytes(English)));
        Assert.Equal(PaperForm.Pdf, PaperShape.Of([.. "%PDF-1.7\n"u8, .. noise, .. "\nstartxref\n9\n%%EOF\n"u8]));
        Assert.Equal(PaperForm.Ofd, PaperShape.Of([.. "PK\u0003\u0004"u8, .. noise, .. "PK\u0001\u0002OFD.xml"u8, .. "PK\u0005\u0006"u8]));
        Assert.Equal(PaperForm.Office, PaperShape.Of([.. "PK\u0003\u0004"u8, .. noise, .. "PK\u0001\u0002[Content_Types].xml"u8, .. "PK\u0005\u0006"u8]));
        Assert.Equal(PaperForm.Picture, PaperShape.Of([0xFF, 0xD8, 0xFF, 0xE0, .. noise]));
    }

    /// <summary>Two bytes a character: what old systems of the country still write.</summary>
    [Fact]
    public void A_text_in_the_national_encoding_is_one()
    {
        var bytes = Enumerable.Range(0, 1200).SelectMany(i => i % 21 == 20 ? [(byte)'\n'] : new[] { (byte)(0xB0 + (i * 7 % 39)), (byte)(0xA1 + (i * i % 93)) }).ToArray();
        Assert.Equal(PaperForm.Text, PaperShape.Of(bytes));
    }
}
