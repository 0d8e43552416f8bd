using System.Globalization;
using System.Net;
using System.Text;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Writes HTML. Whatever comes from data or files goes through <see cref="Escape"/>; tags do not.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup as it is.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>A section with a heading, and what it holds.</summary>
    public void Section(string title, Action content)
    {
        _text.Append("<section>\n<h2>").Append(Escape(title)).Append("</h2>\n");
        content();
        _text.Append("</section>\n");
    }

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text) => _text.Append("<p>").Append(Escape(text)).Append("</p>\n");

    /// <summary>Names and values beside each other.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        _text.Append("<dl>\n");
        foreach ((string name, string value) in facts)
            _text.Append("<div><dt>").Append(Escape(name)).Append("</dt><dd>").Append(Escape(value)).Append("</dd></div>\n");
        _text.Append("</dl>\n");
    }

    /// <summary>A table; columns other than the first are numbers. It scrolls by itself where the screen is narrow.</summary>
    public void Table(string[] head, IEnumerable<string[]> rows)
    {
        _text.Append("<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>");
        foreach (string cell in head)
            _text.Append("<th scope=\"col\">").Append(Escape(cell)).Append("</th>");
        _text.Append("</tr></thead>\n<tbody>\n");
        foreach (string[] row in rows)
        {
            _text.Append("<tr><th scope=\"row\">").Append(Escape(row[0])).Append("</th>");
            foreach (string cell in row.AsSpan(1))
                _text.Append("<td>").Append(Escape(cell)).Append("</td>");
            _text.Append("</tr>\n");
        }

        _text.Append("</tbody></table></div>\n");
    }

    /// <summary>The whole text.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Text as text, whatever it holds.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(PlainText.OneLine(text));

    /// <summary>A number with a few digits; nothing where there is none.</summary>
    public static string Number(double value, string format = "g4") => double.IsNaN(value) ? "" : (value == 0 ? 0 : value).ToString(format, CultureInfo.InvariantCulture);
}
