/** One button for each kind of question: what it adds stands at the end, ready to be typed in. */

import type { QuestionType } from "../client/api.gen";
import { type Key, t } from "../i18n";
import { TYPES } from "./question_types";
import { TypeIcon } from "./type_icon";

export const AddQuestion = ({ onAdd }: { onAdd: (type: QuestionType) => void }) => (
  <section class="add" aria-labelledby="add-title">
    <h2 id="add-title" class="label">
      {t("editor.add")}
    </h2>
    <ul class="add-types" role="list">
      {(Object.entries(TYPES) as [QuestionType, Key][]).map(([type, words]) => (
        <li key={type}>
          <button type="button" class="add-type" onClick={() => onAdd(type)}>
            <TypeIcon type={type} />
            {t(words)}
          </button>
        </li>
      ))}
    </ul>
  </section>
);
